package main

// applyMigrations runs the SQL files that the schema table does not name yet, each in a transaction.
func applyMigrations(db Database, files []string) error {
	done, err := db.AppliedVersions()
	if err != nil {
		return err
	}
	for _, file := range files {
		if done[file] {
			continue
		}
		if err := db.InTransaction(file); err != nil {
			return err
		}
	}
	return nil
}
