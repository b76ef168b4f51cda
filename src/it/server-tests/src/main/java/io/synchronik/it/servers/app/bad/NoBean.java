package io.synchronik.it.servers.app.bad;

import io.synchronik.worker.Action;
import io.synchronik.worker.Worker;

@Worker(id = "no-bean")
public abstract class NoBean implements Action {}
