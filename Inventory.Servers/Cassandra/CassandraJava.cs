using Inventory.Servers.Java;
using Inventory.Servers.Packages;

namespace Inventory.Servers.Cassandra;

/// <summary>How Cassandra 2.1, which is older than Java's modules, is run on a Java that has them.</summary>
internal sealed record CassandraJava(string Java, ServerPackages Packages)
{
    private static readonly string[] Opened =
    [
        "java.lang", "java.lang.ref", "java.lang.reflect", "java.lang.invoke", "java.nio", "java.nio.channels",
        "java.nio.charset", "java.util", "java.util.concurrent", "java.util.concurrent.atomic",
        "java.util.concurrent.locks", "java.util.regex", "java.util.zip", "java.io", "java.net", "java.math",
        "java.text", "java.security", "sun.nio.ch", "sun.nio.fs", "sun.net.util", "jdk.internal.ref",
        "jdk.internal.misc", "jdk.internal.loader", "sun.security.provider",
    ];

    private static readonly string[] Exported =
    [
        "java.base/sun.nio.ch", "java.base/jdk.internal.ref", "java.base/jdk.internal.misc", "java.base/sun.net.util",
        "java.management.rmi/com.sun.jmx.remote.internal.rmi", "java.rmi/sun.rmi.registry",
    ];

    public static async Task<CassandraJava> FindAsync(CassandraOptions options, CancellationToken cancellationToken)
    {
        var java = JavaRuntime.Find();
        return new CassandraJava(java, await ServerPackages.EnsureAsync(options.Progress, cancellationToken));
    }

    /// <summary>No port is named for JMX, so there is none.</summary>
    public string[] Arguments(CassandraOptions options, string folder)
    {
        var libraries = Path.Combine(Packages.CassandraHome, "lib");
        return
        [
            // All of it from the start: a full collection of one that grew stopped a node for 293 ms in the midst of 500 changes
            // a second; with this there was none once the node was up. What was never used is not resident.
            FormattableString.Invariant($"-Xms{options.HeapMegabytes}M"),
            FormattableString.Invariant($"-Xmx{options.HeapMegabytes}M"),
            FormattableString.Invariant($"-Xmn{options.YoungMegabytes}M"),
            "-Xss512k", "-XX:+UseParallelGC", "-XX:MaxDirectMemorySize=128M", "-XX:+ExitOnOutOfMemoryError",
            $"-javaagent:{Path.Combine(libraries, "jamm-0.2.6.jar")}",
            .. Opened.SelectMany(package => new[] { "--add-opens", $"java.base/{package}=ALL-UNNAMED" }),
            "--add-opens", "java.management/sun.management=ALL-UNNAMED",
            .. Exported.SelectMany(package => new[] { "--add-exports", $"{package}=ALL-UNNAMED" }),
            "-Djava.net.preferIPv4Stack=true", "-Djava.awt.headless=true",
            "-Dcassandra-foreground=yes",
            $"-Dcassandra.storagedir={folder}",
            // Through JNA it would lock all its memory, if it may, as root does: twice as much would be resident.
            "-Djna.nosys=true", "-Djna.noclasspath=true",
            // Nodes of one machine hear each other at once; the defaults allow for a data center.
            "-Dcassandra.skip_wait_for_gossip_to_settle=0",
            "-Dcassandra.ring_delay_ms=2000",
            "-Dcassandra.shutdown_announce_in_ms=100",
            "-Dcassandra.consistent.rangemovement=false",
            .. options.JavaArguments,
            "-cp", $"{Path.Combine(folder, "conf")}{Path.PathSeparator}{Path.Combine(libraries, "*")}",
            "org.apache.cassandra.service.CassandraDaemon",
        ];
    }
}
