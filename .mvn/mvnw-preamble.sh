# >>> homeport preamble >>>
# Picks a JDK 25 or newer by the rule of ./homeport, so that `./mvnw verify` works where the default
# java is older. The text is kept in .mvn/mvnw-preamble.sh; an update of the Maven wrapper drops it
# from mvnw, this puts it back:  sed -i '1r .mvn/mvnw-preamble.sh' mvnw
. "$(dirname "$0")/.mvn/jdk.sh" || exit 1
# <<< homeport preamble <<<
