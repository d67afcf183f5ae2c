/// File trees as sandboxes need them; for the backends of this module only.
package dev.homeport.sandbox.files;
