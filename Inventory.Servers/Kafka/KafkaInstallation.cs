using Inventory.Servers.Java;
using Inventory.Servers.Packages;

namespace Inventory.Servers.Kafka;

/// <summary>How the Java programs of the Kafka package are run.</summary>
internal sealed record KafkaInstallation(string Java, string ClassPath, IReadOnlyList<string> JavaArguments)
{
    private static readonly string[] NotForRunning = ["-javadoc.jar", "-scaladoc.jar", "-sources.jar", "-test.jar"];

    /// <summary>One line an event to standard output, which is the log file.</summary>
    private static readonly Dictionary<string, string> Logging = new()
    {
        ["log4j.rootLogger"] = "INFO, stdout",
        ["log4j.appender.stdout"] = "org.apache.log4j.ConsoleAppender",
        ["log4j.appender.stdout.layout"] = "org.apache.log4j.PatternLayout",
        ["log4j.appender.stdout.layout.ConversionPattern"] = "%d{ISO8601} %p %m (%c)%n",
    };

    public static async Task<KafkaInstallation> FindAsync(KafkaOptions options, CancellationToken cancellationToken)
    {
        var java = JavaRuntime.Find();
        var packages = await ServerPackages.EnsureAsync(options.Progress, cancellationToken);
        var jars = Directory.EnumerateFiles(Path.Combine(packages.KafkaHome, "libs"), "*.jar")
            .Where(jar => !NotForRunning.Any(end => jar.EndsWith(end, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal);
        return new KafkaInstallation(java, string.Join(Path.PathSeparator, jars), options.JavaArguments);
    }

    /// <summary>The arguments for java; writes the logging configuration into the folder.</summary>
    public async Task<string[]> PrepareAsync(
        string folder, int heapMegabytes, string[] command, CancellationToken cancellationToken)
    {
        var logging = Path.Combine(folder, "log4j.properties");
        await PropertiesFile.WriteAsync(logging, Logging, cancellationToken);
        var heap = FormattableString.Invariant($"{heapMegabytes}M");
        return
        [
            $"-Xms{heap}", $"-Xmx{heap}", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError",
            "-Djava.net.preferIPv4Stack=true", "-Djava.awt.headless=true",
            $"-Dlog4j.configuration=file:{logging}", .. JavaArguments, "-cp", ClassPath, .. command,
        ];
    }
}
