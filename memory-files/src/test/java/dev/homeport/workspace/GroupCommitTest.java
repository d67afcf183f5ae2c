package dev.homeport.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.homeport.workspace.GroupCommit.Answer;
import dev.homeport.workspace.WorkspaceException.Kind;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
  @Test
  void thoseThatComeMeanwhileShareTheNextCommit() throws Exception {
    var groups = new CopyOnWriteArrayList<List<Integer>>();
    var isFirst = new CountDownLatch(1);
    var mayGoOn = new CountDownLatch(1);
    var commits =
        new GroupCommit<Integer, Integer>(requests -> {
          groups.add(requests);
          isFirst.countDown();
          mayGoOn.await();
          return requests.stream().map(request -> Answer.done(request * 2)).toList();
        });

    var first = commits.begin(1);
    isFirst.await();
    var others = List.of(commits.begin(2), commits.begin(3), commits.begin(4));
    mayGoOn.countDown();

    assertThat(first.await()).isEqualTo(2);
    assertThat(others.getLast().await()).isEqualTo(8);
    assertThat(groups).containsExactly(List.of(1), List.of(2, 3, 4));
  }

  @Test
  void answersEachOfManyCallers() throws Exception {
    var commits =
        new GroupCommit<Integer, Integer>(requests -> requests.stream().map(Answer::done).toList());

    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<Integer>>();
      for (int i = 0; i < 1_000; i++) {
        int request = i;
        answers.add(callers.submit(() -> commits.commit(request)));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo(i);
      }
    }
  }

  @Test
  void oneMayFailAlone() throws Exception {
    var commits =
        new GroupCommit<Integer, Integer>(requests ->
            requests.stream()
                .map(request ->
                    request < 0
                        ? Answer.<Integer>failed(
                            new WorkspaceException(Kind.TOO_LARGE, "too large"))
                        : Answer.done(request))
                .toList());

    assertThatExceptionOfType(WorkspaceException.class)
        .isThrownBy(() -> commits.commit(-1))
        .withMessage("too large")
        .matches(e -> e.kind() == Kind.TOO_LARGE);
    assertThat(commits.commit(1)).isEqualTo(1);
  }

  @Test
  void aFailureOfTheGroupIsEveryonesAndTheNextGroupGoesOn() throws Exception {
    var fails = new ArrayList<>(List.of(true));
    var commits =
        new GroupCommit<Integer, Integer>(requests -> {
          if (!fails.isEmpty()) {
            fails.clear();
            throw new IOException("disk gone");
          }
          return requests.stream().map(Answer::done).toList();
        });

    assertThatIOException().isThrownBy(() -> commits.commit(1)).withMessage("disk gone");
    assertThat(commits.commit(2)).isEqualTo(2);
  }

  @Test
  void anInterruptedCallerWaitsAndKeepsTheInterrupt() throws Exception {
    var commits =
        new GroupCommit<Integer, Integer>(requests -> requests.stream().map(Answer::done).toList());

    Thread.currentThread().interrupt();

    assertThat(commits.commit(1)).isEqualTo(1);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aLoneCallerDoesTheWorkItself() throws Exception {
    var threads = new ArrayList<Thread>();
    var commits =
        new GroupCommit<Integer, Integer>(requests -> {
          threads.add(Thread.currentThread());
          return requests.stream().map(Answer::done).toList();
        });

    commits.commit(1);
    commits.begin(2).await();

    assertThat(threads.getFirst()).isSameAs(Thread.currentThread());
    assertThat(threads.getLast()).isNotSameAs(Thread.currentThread());
  }

  @Test
  void whatAnInterruptEndsIsDoneAgain() throws Exception {
    var attempts = new ArrayList<Boolean>();
    var commits =
        new GroupCommit<Integer, Integer>(requests -> {
          attempts.add(Thread.interrupted());
          if (attempts.size() == 1) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
          }
          return requests.stream().map(Answer::done).toList();
        });

    assertThat(commits.commit(1)).isEqualTo(1);

    assertThat(attempts).containsExactly(false, false);
    assertThat(Thread.interrupted()).isTrue();
  }
}
