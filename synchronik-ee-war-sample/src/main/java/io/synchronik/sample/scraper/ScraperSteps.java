package io.synchronik.sample.scraper;

import io.synchronik.sample.EarlierStep;
import io.synchronik.sample.web.WebReader;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The steps of the scraper: the rules of the site, three pages, what came of them. */
@ApplicationScoped
public class ScraperSteps {
  static final String RULES = "scraper-rules";
  static final String MATRIX = "scraper-matrix";
  static final String METROPOLIS = "scraper-metropolis";
  static final String CASABLANCA = "scraper-casablanca";
  static final String SUMMARY = "scraper-summary";

  @Inject WebReader web;

  @Inject
  @ConfigProperty(name = "sample.scraper.robots")
  String robots;

  @Inject
  @ConfigProperty(name = "sample.catalogue.url")
  String catalogue;

  /**
   * What the scraper has read.
   *
   * @param pages how many
   * @param leftOut paths that the site asks robots not to read
   */
  public record Summary(int pages, List<String> leftOut) {}

  /** Without rules all is allowed; a site that cannot tell its rules is left alone. */
  @Worker(id = RULES, name = "Read the site's rules", timeout = "30s")
  RobotRules rules() throws IOException, InterruptedException {
    HttpResponse<String> answer = web.get(robots);
    return switch (answer.statusCode()) {
      case 200 -> RobotRules.parse(answer.body());
      case 404 -> new RobotRules(List.of());
      default -> throw new IOException(robots + " answers " + answer.statusCode());
    };
  }

  @Worker(id = MATRIX, name = "Scrape The Matrix", timeout = "30s")
  Page matrix(RunContext run) throws IOException, InterruptedException {
    return scrape(run, "/films/tt0133093");
  }

  /** The catalogue is slow here, and the next page still waits. */
  @Worker(id = METROPOLIS, name = "Scrape Metropolis", timeout = "30s")
  Page metropolis(RunContext run) throws IOException, InterruptedException {
    return scrape(run, "/films/tt0017136");
  }

  /** The site's rules leave this one out. */
  @Worker(id = CASABLANCA, name = "Scrape Casablanca", timeout = "30s")
  Page casablanca(RunContext run) throws IOException, InterruptedException {
    return scrape(run, "/films/tt0034583");
  }

  @Worker(id = SUMMARY, name = "Summarise")
  Summary summary(RunContext run) {
    List<Page> pages =
        Stream.of(MATRIX, METROPOLIS, CASABLANCA)
            .map(step -> EarlierStep.result(run, step, Page.class))
            .toList();
    List<String> leftOut =
        pages.stream().filter(page -> page.content() == null).map(Page::path).toList();
    Summary summary = new Summary(pages.size() - leftOut.size(), leftOut);
    run.milestone("catalogue-scraped", summary);
    return summary;
  }

  private Page scrape(RunContext run, String page) throws IOException, InterruptedException {
    RobotRules rules = EarlierStep.result(run, RULES, RobotRules.class);
    String path = URI.create(catalogue + page).getPath();
    if (!rules.allows(path)) {
      return new Page(path, null);
    }
    HttpResponse<String> answer = web.get(catalogue + page);
    if (answer.statusCode() != 200) {
      throw new IOException(path + " answers " + answer.statusCode());
    }
    return new Page(path, answer.body());
  }
}
