package io.synchronik.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The README and docs/ show code that is compiled, as it is and with what it imports. */
class DocumentationTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern SNIPPET =
      Pattern.compile("<!-- snippet: (\\S+)#(\\S+) -->\\n```java\\n(.*?)\\n```", Pattern.DOTALL);
  private static final Pattern JAVA = Pattern.compile("^ *```java", Pattern.MULTILINE);
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?[\\w.]*?(\\w+);$", Pattern.MULTILINE);
  private static final Pattern LINK =
      Pattern.compile("]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

  @TestFactory
  Stream<DynamicTest> snippetIsTheSource() throws IOException {
    return pages().stream()
        .flatMap(
            page ->
                SNIPPET
                    .matcher(read(page))
                    .results()
                    .map(
                        found ->
                            DynamicTest.dynamicTest(
                                page.getFileName() + " " + found.group(2), () -> compare(found))));
  }

  @TestFactory
  Stream<DynamicTest> allCodeIsASnippet() throws IOException {
    return eachPage(
        page ->
            assertThat(SNIPPET.matcher(read(page)).results().count())
                .as("blocks of Java that come from a source")
                .isEqualTo(JAVA.matcher(read(page)).results().count()));
  }

  @TestFactory
  Stream<DynamicTest> linksLeadSomewhere() throws IOException {
    return eachPage(
        page ->
            LINK.matcher(read(page))
                .results()
                .forEach(link -> follow(page, link.group(1), link.group(2))));
  }

  private static void follow(Path page, String file, String heading) {
    Path target = file.isEmpty() ? page : page.resolveSibling(file);
    assertThat(target).exists();
    if (heading != null) {
      assertThat(HEADING.matcher(read(target)).results().map(found -> anchor(found.group(1))))
          .as("headings of %s", target)
          .contains(heading);
    }
  }

  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
  }

  private static Stream<DynamicTest> eachPage(Consumer<Path> check) throws IOException {
    return pages().stream()
        .map(
            page ->
                DynamicTest.dynamicTest(
                    String.valueOf(page.getFileName()), () -> check.accept(page)));
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(Stream.of(ROOT.resolve("README.md")), files)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  private static void compare(MatchResult snippet) {
    String source = read(ROOT.resolve(snippet.group(1)));
    String begin = "// tag::" + snippet.group(2) + "[]\n";
    String end = "// end::" + snippet.group(2) + "[]";
    String tagged = source.substring(source.indexOf(begin) + begin.length(), source.indexOf(end));
    assertThat(snippet.group(3))
        .isEqualTo(withImports(source, tagged.stripTrailing().stripIndent().strip()));
  }

  /** Puts the imports before code that needs them to be compiled elsewhere. */
  private static String withImports(String source, String code) {
    String body = IMPORT.matcher(code).replaceAll("");
    String imports =
        IMPORT
            .matcher(source)
            .results()
            .filter(line -> !code.contains(line.group()))
            .filter(
                line -> Pattern.compile("(?<![\\w.])" + line.group(1) + "\\b").matcher(body).find())
            .map(MatchResult::group)
            .collect(Collectors.joining("\n"));
    return imports.isEmpty() ? code : imports + "\n\n" + code;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
