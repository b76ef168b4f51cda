package io.synchronik.it.servers.app.bad;

import io.synchronik.worker.Worker;

@Worker(id = "no-work")
public class NoWork {}
