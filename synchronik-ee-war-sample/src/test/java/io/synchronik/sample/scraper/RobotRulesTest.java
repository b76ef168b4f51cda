package io.synchronik.sample.scraper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RobotRulesTest {
  @Test
  void leavesOutWhatTheSampleAsksFor() throws IOException {
    RobotRules rules = RobotRules.parse(Files.readString(Path.of("src/main/webapp/robots.txt")));

    assertThat(rules.allows("/sample/api/catalogue/films/tt0133093")).isTrue();
    assertThat(rules.allows("/sample/api/catalogue/films/tt0034583")).isFalse();
    assertThat(rules.allows("/sample/api/archive")).isFalse();
  }

  @Test
  void allowsAllWithoutRules() {
    assertThat(RobotRules.parse("").allows("/")).isTrue();
    assertThat(RobotRules.parse("User-agent: *\nDisallow:").allows("/a")).isTrue();
  }

  @Test
  void listensToTheGroupsForAllRobots() {
    RobotRules rules =
        RobotRules.parse(
            """
            user-agent: other
            disallow: /a

            User-agent: another
            User-agent: *   # everybody
            Crawl-delay: 1
            Disallow: /b

            User-agent: *
            User-agent: one more
            Disallow: /c
            """);

    assertThat(rules.allows("/a")).isTrue();
    assertThat(rules.allows("/b/x")).isFalse();
    assertThat(rules.allows("/c")).isFalse();
  }

  @Test
  void takesTheLongestRule() {
    RobotRules rules =
        RobotRules.parse(
            """
            User-agent: *
            Disallow: /films
            Allow: /films/old
            Allow: /same
            Disallow: /same
            """);

    assertThat(rules.allows("/films/new")).isFalse();
    assertThat(rules.allows("/films/old/m")).isTrue();
    assertThat(rules.allows("/same")).isTrue();
  }
}
