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

  /// Kills, without mercy and until there are none, processes that have the marker `$1`, or no
  /// marker at all, or an environment that cannot be read; not this shell and not PID 1. Those two
  /// last kinds only if their parent is in the container as well: a process of the engine that is
  /// about to become another command looks the same.
  private static final String REAP =
      """
      end() {
        [ "$1" = 1 ] || [ "$1" = $$ ] || ! kill -9 "$1" 2>/dev/null || ended=1
      }
      end_if_inner() {
        while read -r key value; do
          [ "$key" != PPid: ] || [ "$value" = 0 ] || end "$1"
        done 2>/dev/null <"/proc/$1/status"
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
            [ ! -e "$process/exe" ] || end_if_inner "${process#/proc/}"
          done
          for process in /proc/[0-9]*; do
            [ -O "$process/environ" ] || end_if_inner "${process#/proc/}"
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
