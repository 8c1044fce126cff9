namespace Inventory.Servers.Cassandra;

/// <summary>Writes the conf folder of a node.</summary>
internal static class CassandraConfiguration
{
    public const string DataCenter = "datacenter1";

    private const string Logging =
        """
        <configuration>
          <appender name="STDOUT" class="ch.qos.logback.core.ConsoleAppender">
            <encoder>
              <pattern>%-5level [%thread] %date{ISO8601} %logger{0} - %msg%n</pattern>
            </encoder>
          </appender>
          <root level="INFO">
            <appender-ref ref="STDOUT" />
          </root>
        </configuration>

        """;

    public static async Task WriteAsync(
        CassandraOptions options, string defaultsFile, CassandraAddress address, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(options.Paths.Cassandra(address.Number), "conf");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "cassandra.yaml"),
            CassandraSettings.Build(options, defaultsFile, address),
            cancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "cassandra-rackdc.properties"), $"dc={DataCenter}\nrack=rack1\n", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "logback.xml"), Logging, cancellationToken);
    }
}
