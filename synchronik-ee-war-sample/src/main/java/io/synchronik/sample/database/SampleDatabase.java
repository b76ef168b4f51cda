package io.synchronik.sample.database;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Defines the data source that the application and the engine share. It stands on a listener
 * because every server looks for definitions there.
 */
@DataSourceDefinition(
    name = "java:app/jdbc/sample",
    className = "io.synchronik.sample.database.SampleDataSource",
    properties = "settings=sample.database",
    minPoolSize = 1,
    maxPoolSize = 30)
@WebListener
public class SampleDatabase implements ServletContextListener {}
