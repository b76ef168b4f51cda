package io.synchronik.sample.scraper;

import io.synchronik.process.RunMode;
import io.synchronik.process.WorkerProcess;
import io.synchronik.process.WorkerProcess.Step;

/** Reads a few pages of the catalogue, one at a time and half a second apart. */
@WorkerProcess(
    id = "polite-scraper",
    name = "Polite Scraper",
    description = "Reads pages of the catalogue that its robots.txt allows",
    mode = RunMode.ISOLATED,
    isolationDelay = "500ms",
    steps = {
      @Step(id = ScraperSteps.RULES),
      @Step(id = ScraperSteps.MATRIX),
      @Step(id = ScraperSteps.METROPOLIS),
      @Step(id = ScraperSteps.CASABLANCA),
      @Step(id = ScraperSteps.SUMMARY)
    })
public class PoliteScraper {}
