# Picks the JDK that Homeport is built and run with; sourced by ../mvnw and ../homeport (POSIX sh).
#
# The first JDK (one with javac) of version 25 or newer wins and is exported as JAVA_HOME:
#   1. HOMEPORT_JAVA_HOME: whoever sets it means it, so we stop if it does not fit
#   2. JAVA_HOME
#   3. the java on PATH
#   4. the usual places, listed in jdk_find
# If there is none, one line on stderr says what to install, and the status is 1.

jdk_minimum=25

# Sets jdk_version to the feature version of the JDK in directory $1, or to 0 if it holds none.
# Reads the JDK's `release` file; java itself is asked only where there is no such file.
jdk_read_version() {
  jdk_version=
  if [ ! -x "$1/bin/java" ] || [ ! -x "$1/bin/javac" ]; then
    jdk_version=0
    return 0
  fi
  if [ -r "$1/release" ]; then
    while IFS= read -r jdk_line; do
      case $jdk_line in
        JAVA_VERSION=*)
          jdk_version=${jdk_line#JAVA_VERSION=}
          jdk_version=${jdk_version#\"}
          break
          ;;
      esac
    done <"$1/release"
  fi
  if [ -z "$jdk_version" ]; then
    jdk_version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
  fi
  jdk_version=${jdk_version%%[!0-9]*}
  jdk_version=${jdk_version:-0}
}

# Exports JAVA_HOME and succeeds if directory $1 holds a JDK that is new enough.
jdk_use() {
  jdk_read_version "$1"
  [ "$jdk_version" -ge "$jdk_minimum" ] || return 1
  JAVA_HOME=$(CDPATH='' cd -P -- "$1" && pwd)
  export JAVA_HOME
}

# Sets jdk_on_path to the home of the java on PATH, symbolic links followed; fails if there is none.
jdk_find_on_path() {
  jdk_on_path=$(command -v java) || return 1
  while [ -L "$jdk_on_path" ]; do
    jdk_link=$(readlink "$jdk_on_path") || return 1
    case $jdk_link in
      /*) jdk_on_path=$jdk_link ;;
      *) jdk_on_path=${jdk_on_path%/*}/$jdk_link ;;
    esac
  done
  jdk_on_path=${jdk_on_path%/*}
  jdk_on_path=${jdk_on_path%/bin}
}

jdk_find() {
  if [ -n "${HOMEPORT_JAVA_HOME-}" ]; then
    jdk_use "$HOMEPORT_JAVA_HOME" && return 0
    echo "HOMEPORT_JAVA_HOME is $HOMEPORT_JAVA_HOME, which is no JDK $jdk_minimum or newer:" \
      "point it at one (such as Temurin $jdk_minimum, https://adoptium.net) or unset it." >&2
    return 1
  fi

  jdk_seen=
  if [ -n "${JAVA_HOME-}" ]; then
    jdk_use "$JAVA_HOME" && return 0
    jdk_seen=" (JAVA_HOME is $JAVA_HOME, which is none)"
  fi

  jdk_find_on_path && jdk_use "$jdk_on_path" && return 0

  # A pattern that matches nothing stays as it is, and is then no JDK
  for jdk_place in /usr/lib/jvm/* /opt/* "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    jdk_use "$jdk_place" && return 0
  done

  echo "Homeport needs a JDK $jdk_minimum or newer and found none$jdk_seen:" \
    "install Temurin $jdk_minimum (https://adoptium.net) or point HOMEPORT_JAVA_HOME at a JDK." >&2
  return 1
}

jdk_find
