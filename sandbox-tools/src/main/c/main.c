#include <string.h>

#include "agent.h"
#include "supervise.h"

int main(int count, char **arguments) {
  if (count > 1 && strcmp(arguments[1], "agent") == 0) return run_agent(arguments + 2);
  if (count > 1 && strcmp(arguments[1], "keeper") == 0) return run_keeper(arguments + 2);
  if (count > 1 && strcmp(arguments[1], "watch") == 0) return run_watch(arguments + 2);
  if (count > 1 && strcmp(arguments[1], "guard") == 0) return run_guard(arguments + 2);
  return 2;
}
