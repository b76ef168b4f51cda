package io.synchronik.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The README shows the sample's code as it is. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern SNIPPET =
      Pattern.compile("<!-- snippet: (\\S+)#(\\S+) -->\\n```java\\n(.*?)\\n```", Pattern.DOTALL);

  @TestFactory
  Stream<DynamicTest> snippetIsTheSource() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    return SNIPPET
        .matcher(readme)
        .results()
        .map(found -> DynamicTest.dynamicTest(found.group(2), () -> compare(found)));
  }

  private static void compare(MatchResult snippet) throws IOException {
    String source = Files.readString(ROOT.resolve(snippet.group(1)));
    String begin = "// tag::" + snippet.group(2) + "[]\n";
    String end = "// end::" + snippet.group(2) + "[]";
    String tagged = source.substring(source.indexOf(begin) + begin.length(), source.indexOf(end));
    assertThat(snippet.group(3)).isEqualTo(tagged.stripTrailing().stripIndent().strip());
  }
}
