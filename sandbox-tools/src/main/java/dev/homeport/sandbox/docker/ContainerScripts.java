package dev.homeport.sandbox.docker;

import java.util.ArrayList;
import java.util.List;

/// Shell scripts that run commands in a container, and end them with all that they started.
///
/// The engine has no way to end a command. Every process gets a marker in its environment, which
/// its descendants inherit whatever they do to their sessions and parents; one that hides its
/// environment has none and is ended as well.
final class ContainerScripts {
  /// The variable that holds the marker.
  static final String MARKER = "HOMEPORT_EXEC";

  /// Kills, without mercy and until there are none, processes that have the marker `$1`, and those
  /// that have no marker, or an environment that cannot be read, if they are this command's; not
  /// this shell and not PID 1.
  ///
  /// A process that is just becoming another command looks unmarked for a moment. So the nearest
  /// marked ancestor says whose an unmarked process is: that of another command is left alone, and
  /// so is a process of the engine, whose parent is outside (0). One that has lost its parent (1)
  /// is ended if it is still unmarked after a pause.
  private static final String REAP =
      """
      end() {
        [ "$1" = 1 ] || [ "$1" = $$ ] || ! kill -9 "$1" 2>/dev/null || ended=1
      }
      parent_of() {
        parent=
        while read -r key value; do
          [ "$key" != PPid: ] || parent=$value
        done 2>/dev/null <"/proc/$1/status"
      }
      marked() {
        grep -qsz "^HOMEPORT_EXEC=$2" "/proc/$1/environ"
      }
      end_unmarked() {
        parent_of "$1"
        while ! marked "${parent:-0}" "$2\\$"; do
          case $parent in
            '' | 0) return ;;
            1) sleep 0.05; ! marked "$1" || return; break ;;
          esac
          ! marked "$parent" || return
          parent_of "$parent"
        done
        end "$1"
      }
      reap() {
        rounds=0
        while [ $rounds -lt 100 ]; do
          rounds=$((rounds + 1))
          ended=
          for file in $(grep -lsz "^HOMEPORT_EXEC=$1\\$" /proc/[0-9]*/environ); do
            process=${file%/environ}
            [ ! -e "$process/exe" ] || end "${process#/proc/}"
          done
          for file in $(grep -Lsz "^HOMEPORT_EXEC=" /proc/[0-9]*/environ); do
            process=${file%/environ}
            [ ! -e "$process/exe" ] || end_unmarked "${process#/proc/}" "$1"
          done
          for process in /proc/[0-9]*; do
            [ -O "$process/environ" ] || end_unmarked "${process#/proc/}" "$1"
          done
          [ "$ended" ] || break
        done
      }
      """;

  private static final String RUN =
      """
      marker=$1
      shift
      exec 2>/dev/null
      "$@" 2>&1
      status=$?
      reap "$marker"
      exit $status
      """;

  private ContainerScripts() {}

  /// Runs a program, its errors in one stream with its output to keep their order, and then ends
  /// what it left behind.
  static List<String> run(String marker, List<String> program) {
    var argv = new ArrayList<>(List.of("sh", "-c", REAP + RUN, "sh", marker));
    argv.addAll(program);
    return argv;
  }

  /// Ends all but the first process, without needing room for another process as [#kill] does.
  static List<String> killAll() {
    return List.of("sh", "-c", "kill -9 -1");
  }

  /// Ends a program that runs with a marker.
  static List<String> kill(String marker) {
    return List.of("sh", "-c", REAP + "reap \"$1\"", "sh", marker);
  }
}
