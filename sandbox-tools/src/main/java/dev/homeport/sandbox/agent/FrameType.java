package dev.homeport.sandbox.agent;

import java.util.Optional;

/// What a frame says; `wire.h` tells what each one carries.
enum FrameType {
  HELLO(1),
  START(2),
  INPUT(3),
  INPUT_END(4),
  SIGNAL(5),
  ACK(6),
  ATTACH(7),
  FORGET(8),
  PING(9),
  END(10),
  REFRESH(11),
  RUN(12),
  WELCOME(32),
  STARTED(33),
  OUTPUT(34),
  EXIT(35),
  INPUT_TAKEN(36),
  REFUSED(37),
  DONE(38);

  private final int code;

  FrameType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Optional<FrameType> of(int code) {
    for (FrameType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
