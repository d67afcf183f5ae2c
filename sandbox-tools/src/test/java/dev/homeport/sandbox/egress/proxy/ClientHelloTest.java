package dev.homeport.sandbox.egress.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

/// Against what the TLS client of the JDK says.
class ClientHelloTest {
  private static byte[] hello(String... names) throws Exception {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine();
    engine.setUseClientMode(true);
    var parameters = engine.getSSLParameters();
    var all = new ArrayList<SNIServerName>();
    for (String name : names) {
      all.add(new SNIHostName(name));
    }
    parameters.setServerNames(all);
    engine.setSSLParameters(parameters);
    ByteBuffer target = ByteBuffer.allocate(64 << 10);
    engine.wrap(ByteBuffer.allocate(0), target);
    return Arrays.copyOf(target.array(), target.position());
  }

  private static ClientHello read(byte[] bytes) {
    return ClientHello.read(bytes, bytes.length);
  }

  @Test
  void namesTheServer() throws Exception {
    assertThat(read(hello("api.example.com")))
        .isEqualTo(new ClientHello.Complete(Optional.of("api.example.com")));
    assertThat(read(hello())).isEqualTo(new ClientHello.Complete(Optional.empty()));
  }

  @Test
  void isIncompleteUntilItsLastByte() throws Exception {
    byte[] hello = hello("api.example.com");

    for (int length = 0; length < hello.length; length++) {
      assertThat(ClientHello.read(hello, length)).isEqualTo(new ClientHello.Incomplete());
    }
  }

  @Test
  void isPutTogetherFromSeveralRecords() throws Exception {
    byte[] hello = hello("api.example.com");
    ByteBuffer split = ByteBuffer.allocate(hello.length * 6);
    for (int at = 5; at < hello.length; at += 7) {
      int length = Math.min(7, hello.length - at);
      split.put(hello, 0, 3).putShort((short) length).put(hello, at, length);
    }

    assertThat(ClientHello.read(split.array(), split.position()))
        .isEqualTo(new ClientHello.Complete(Optional.of("api.example.com")));
  }

  @Test
  void namesNobodyIfItContradictsItself() throws Exception {
    byte[] hello = hello("api.example.com");
    int name = new String(hello, ISO_8859_1).indexOf("api.example.com");
    assertThat(name).isPositive();

    hello[name - 1] = 99;

    assertThat(read(hello)).isEqualTo(new ClientHello.Complete(Optional.empty()));
  }

  @Test
  void isSomethingElse() {
    assertThat(read("SSH-2.0-x\r\n".getBytes(UTF_8))).isEqualTo(new ClientHello.Other());
    assertThat(read(new byte[] {22, 3, 1, 0, 4, 2, 0, 0, 0})).isEqualTo(new ClientHello.Other());
  }
}
