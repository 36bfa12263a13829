package dev.floe.http.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionTest {

  private static final String HOST = "Host: 127.0.0.1:PORT\r\n";

  private final Server server =
      new Server(
          Map.of(
              "floe.http.connections", 20,
              "floe.http.head", "500ms",
              "floe.http.body", "500ms",
              "floe.http.stall", "500ms",
              "floe.http.idle", "500ms",
              "micronaut.server.netty.max-header-size", 4096));

  @AfterAll
  void stop() {
    server.close();
  }

  private String answerTo(String request) throws IOException {
    try (Wire wire = server.wire()) {
      return wire.send(request).answer();
    }
  }

  @Nested
  class A_host {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "127.0.0.1:PORT",
          "localhost:PORT",
          "LOCALHOST:PORT",
          "[::1]:PORT",
          "floe.acme.com",
          "floe.acme.com:443"
        })
    void that_is_ours_is_let_in(String host) throws IOException {
      assertThat(answerTo("GET /hello HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "evil.example.com",
          "evil.example.com:PORT",
          "127.0.0.1",
          "127.0.0.1:1",
          "localhost",
          "0.0.0.0:PORT",
          "127.0.0.1.evil.example.com:PORT"
        })
    void that_is_another_is_refused(String host) throws IOException {
      assertThat(answerTo("GET /hello HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
          .startsWith("HTTP/1.1 403 ")
          .contains("\"code\":\"not-authorised\"");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          " ",
          "127.0.0.1:PORT@evil",
          "user@127.0.0.1:PORT",
          "127.0.0.1.:PORT",
          "localhost.",
          "127.0.0.1:PORTPORT",
          "127.0.0.1:0",
          "127.0.0.1:-1",
          "127.0.0.1:x",
          "127.0.0.1:",
          ":PORT",
          "127.0.0.1:PORT, evil",
          "127.0.0.1:PORT/x",
          "[::1:PORT"
        })
    void that_is_none_is_refused(String host) throws IOException {
      assertThat(answerTo("GET /hello HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ")
          .contains("application/problem+json");
    }

    @Test
    void is_named_once() throws IOException {
      assertThat(answerTo("GET /hello HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
      assertThat(answerTo("GET /hello HTTP/1.0\r\n\r\n")).contains(" 400 ");
      assertThat(answerTo("GET /hello HTTP/1.1\r\n" + HOST + HOST + "\r\n"))
          .startsWith("HTTP/1.1 400 ");
    }
  }

  @Nested
  class A_head {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "http://127.0.0.1:PORT/hello",
          "http://evil.example.com/hello",
          "//evil.example.com/hello",
          "hello",
          "*",
          "/\\x",
          "/hello%",
          "/a b/c",
          "/{x}",
          "/x|y"
        })
    void whose_target_is_no_path_is_refused(String target) throws IOException {
      assertThat(answerTo("GET " + target + " HTTP/1.1\r\n" + HOST + "\r\n"))
          .startsWith("HTTP/1.1 400 ")
          .contains("\"code\":\"bad-request\"");
    }

    @Test
    void that_is_no_http_is_refused() throws IOException {
      assertThat(answerTo("\u0016\u0003\u0001\u0002\r\n\r\n")).startsWith("HTTP/1.1 400 ");
      assertThat(answerTo("GET /hello HTTP/1.1\r\n" + HOST + "x\u0000y: z\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void that_is_too_long_is_refused_by_what_is_too_long() throws IOException {
      assertThat(answerTo("GET /" + "x".repeat(9000) + " HTTP/1.1\r\n" + HOST + "\r\n"))
          .startsWith("HTTP/1.1 414 ")
          .contains("\"status\":414");
      assertThat(answerTo("GET /hello HTTP/1.1\r\n" + HOST + "a: " + "x".repeat(9000) + "\r\n\r\n"))
          .startsWith("HTTP/1.1 431 ")
          .contains("\"status\":431");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
          "Transfer-Encoding: gzip, chunked\r\n",
          "Transfer-Encoding: identity\r\n",
          "Content-Length: 3\r\nContent-Length: 4\r\n",
          "Content-Length: -3\r\n",
          "Content-Length: 3x\r\n"
        })
    void that_leaves_its_bodys_end_open_is_refused(String framing) throws IOException {
      assertThat(answerTo("POST /echo HTTP/1.1\r\n" + HOST + framing + "\r\nabc"))
          .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void that_asks_for_what_is_not_known_is_refused() throws IOException {
      String post = "POST /echo HTTP/1.1\r\n" + HOST + "Content-Length: 3\r\n";
      assertThat(answerTo(post + "Content-Encoding: gzip\r\n\r\nabc")).startsWith("HTTP/1.1 415 ");
      assertThat(answerTo(post + "Expect: tea\r\n\r\nabc")).startsWith("HTTP/1.1 417 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "G", "GET /hello HTTP/1.1\r\n", "GET /hello HTTP/1.1\r\nHost: x"})
    void that_does_not_come_in_time_ends_the_connection(String begin) throws IOException {
      try (Wire wire = server.wire()) {
        wire.send(begin);
        String told = wire.answer();

        assertThat(told).startsWith(begin.isEmpty() ? "" : "HTTP/1.1 408 ");
        assertThat(wire.isEnded()).isTrue();
      }
    }

    @Test
    void after_another_request_has_no_more_time_than_the_first() throws IOException {
      try (Wire wire = server.wire()) {
        wire.send("GET /hello HTTP/1.1\r\n" + HOST + "\r\n");
        assertThat(wire.answer()).startsWith("HTTP/1.1 200 ").endsWith("hello");
        wire.send("GET /hello HTTP/1.1\r\n" + HOST + "\r\n");
        assertThat(wire.answer()).startsWith("HTTP/1.1 200 ").endsWith("hello");
        wire.send("GET /he");

        assertThat(wire.answer()).startsWith("HTTP/1.1 408 ");
        assertThat(wire.isEnded()).isTrue();
      }
    }
  }

  @Nested
  class A_body {

    private static final String FILES =
        "PUT /api/v1/artifacts/a/versions/v1.0.0/files HTTP/1.1\r\n" + HOST;

    @Test
    void that_says_it_is_too_large_is_refused_before_it_is_sent() throws IOException {
      for (String path : List.of("/echo", "/api/v1/echo", "/schema-registry/x", "/nowhere")) {
        assertThat(
                answerTo(
                    "POST %s HTTP/1.1\r\n%sContent-Length: 1000000\r\n\r\n".formatted(path, HOST)))
            .as(path)
            .startsWith("HTTP/1.1 413 ")
            .contains("\"code\":\"too-large\"");
      }
    }

    @Test
    void that_turns_out_too_large_is_refused_once_it_is() throws IOException {
      String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
      try (Wire wire = server.wire()) {
        wire.send("POST /echo HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
        wire.send(chunk + chunk + chunk);

        assertThat(wire.answer()).startsWith("HTTP/1.1 413 ");
        assertThat(wire.isEnded()).isTrue();
      }
    }

    @Test
    void of_nobody_is_refused_before_it_is_sent() throws IOException {
      String post = "POST /api/v1/echo HTTP/1.1\r\n" + HOST + "Content-Length: 10\r\n";
      assertThat(answerTo(post + "\r\n")).startsWith("HTTP/1.1 401 ");
      assertThat(answerTo(post + "Expect: 100-continue\r\n\r\n")).startsWith("HTTP/1.1 401 ");
      assertThat(answerTo(FILES + "Content-Length: 100000000\r\nExpect: 100-continue\r\n\r\n"))
          .startsWith("HTTP/1.1 401 ");
    }

    @Test
    void is_asked_for_where_the_client_waits_for_that() throws IOException {
      try (Wire wire = server.wire()) {
        wire.send(
            FILES
                + "Authorization: Bearer ada@acme.com\r\n"
                + "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        assertThat(wire.head()).startsWith("HTTP/1.1 100 ");
        wire.send("abcde");

        assertThat(wire.answer()).startsWith("HTTP/1.1 200 ").endsWith("5");
      }
    }

    @Test
    void that_does_not_come_in_time_ends_the_connection() throws IOException {
      for (String request :
          List.of(
              "POST /echo HTTP/1.1\r\n" + HOST, FILES + "Authorization: Bearer ada@acme.com\r\n")) {
        try (Wire wire = server.wire()) {
          wire.send(request + "Content-Length: 10\r\n\r\nabc");

          assertThat(wire.answer()).startsWith("HTTP/1.1 408 ");
          assertThat(wire.isEnded()).isTrue();
        }
      }
    }

    @Test
    void of_an_upload_may_take_as_long_as_it_goes_on() throws IOException {
      try (Wire wire = server.wire()) {
        wire.send(FILES + "Authorization: Bearer ada@acme.com\r\nContent-Length: 10\r\n\r\n");
        for (int i = 0; i < 10; i++) {
          // Longer than a still-stand may be, in all.
          await().pollDelay(Duration.ofMillis(100)).until(() -> true);
          wire.send("x");
        }

        assertThat(wire.answer()).startsWith("HTTP/1.1 200 ").endsWith("10");
      }
    }
  }

  @Nested
  class A_connection {

    @Test
    void makes_room_when_it_does_nothing_and_others_want_in() throws IOException {
      List<Wire> idle = new ArrayList<>();
      try {
        for (int i = 0; i < 100; i++) {
          idle.add(server.wire().send("GET /hello HT"));
        }
        assertThat(answerTo("GET /hello HTTP/1.1\r\n" + HOST + "\r\n")).startsWith("HTTP/1.1 200 ");
        assertThat(idle.getFirst().isEnded()).isTrue();
      } finally {
        for (Wire wire : idle) {
          wire.close();
        }
      }
    }

    @Test
    void makes_room_when_its_client_does_not_read_what_it_asked_for() throws IOException {
      List<Wire> greedy = new ArrayList<>();
      try {
        for (int i = 0; i < 20; i++) {
          greedy.add(server.wire().send("GET /much HTTP/1.1\r\n" + HOST + "\r\n"));
          assertThat(greedy.getLast().head()).startsWith("HTTP/1.1 200 ");
        }
        assertThat(answerTo("GET /hello HTTP/1.1\r\n" + HOST + "\r\n")).startsWith("HTTP/1.1 200 ");
      } finally {
        for (Wire wire : greedy) {
          wire.close();
        }
      }
    }

    @Test
    void whose_client_reads_nothing_is_ended() throws IOException {
      try (Wire wire = server.wire()) {
        wire.send("GET /much HTTP/1.1\r\n" + HOST + "\r\n");
        wire.head();

        await()
            .untilAsserted(
                () -> assertThatThrownBy(() -> wire.send("x")).isInstanceOf(IOException.class));
      }
    }
  }
}
