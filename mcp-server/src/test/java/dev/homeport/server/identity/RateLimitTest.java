package dev.homeport.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final AtomicLong now = new AtomicLong();
  private final RateLimit limit = new RateLimit(60, now::get);

  @Test
  void letsAMinutesWorthThroughAtOnceAndSaysHowLongToWaitForMore() {
    for (int i = 0; i < 60; i++) {
      assertThat(limit.take()).isZero();
    }
    assertThat(limit.take()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void savesUpNoMoreThanAMinutesWorth() {
    now.addAndGet(Duration.ofHours(1).toNanos());
    for (int i = 0; i < 60; i++) {
      assertThat(limit.take()).isZero();
    }
    assertThat(limit.take()).isPositive();
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(limit.take()).isZero();
    assertThat(limit.take()).isPositive();
  }
}
