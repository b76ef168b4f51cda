package io.synchronik.sample;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts the application's resources below {@code /api}; the admin resource comes by itself. */
@ApplicationPath("/api")
public class SampleApplication extends Application {}
