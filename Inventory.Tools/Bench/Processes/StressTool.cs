using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Inventory.Contracts;
using Inventory.Servers.Packages;

namespace Inventory.Tools.Bench.Processes;

/// <summary>Runs the cassandra-stress that comes with the server, by a user profile on the stock table.</summary>
internal sealed partial class StressTool
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly string _libraries;
    private readonly string _profile;
    private readonly string _address;
    private readonly int _port;
    private readonly int _thriftPort;

    private StressTool(string libraries, string profile, string address, int port, int thriftPort)
    {
        _libraries = libraries;
        _profile = profile;
        _address = address;
        _port = port;
        _thriftPort = thriftPort;
    }

    /// <param name="system">Whose node it reads.</param>
    /// <param name="keys">It picks the items 1 to so many, which are those that we seed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<StressTool> PrepareAsync(BenchSystem system, int keys, CancellationToken cancellationToken)
    {
        var packages = await ServerPackages.EnsureAsync(progress: null, cancellationToken);
        var profile = Path.Combine(system.Folder, "stress.yaml");
        await File.WriteAllTextAsync(profile, Profile(keys), cancellationToken);
        var home = packages.CassandraHome;
        return new StressTool(
            string.Join(Path.PathSeparator, Path.Combine(home, "tools", "lib", "*"), Path.Combine(home, "lib", "*")),
            profile,
            system.CassandraAddress.Address.ToString(),
            system.CassandraAddress.Port,
            system.ThriftPort);
    }

    /// <returns>Reads a second, as it counts them itself, after its own warm-up.</returns>
    public async Task<double> ReadAsync(long operations, int threads, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-cp", _libraries, "org.apache.cassandra.stress.Stress", "user", $"profile={_profile}", "ops(read=1)",
            string.Create(CultureInfo.InvariantCulture, $"n={operations}"),
            "-mode", "native", "cql3",
            "-rate", string.Create(CultureInfo.InvariantCulture, $"threads={threads}"),
            "-node", _address,
            "-port", string.Create(CultureInfo.InvariantCulture, $"native={_port}"),
            string.Create(CultureInfo.InvariantCulture, $"thrift={_thriftPort}"),
        ];
        var start = new ProcessStartInfo("java")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            // It leaves a log behind wherever it is started.
            WorkingDirectory = Path.GetDirectoryName(_profile),
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new ToolException("java did not start.");
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        // After an exception it says so and stays.
        await using var end = timeout.Token.Register(process.Kill);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken) + await errors;
        await process.WaitForExitAsync(cancellationToken);
        var rate = RatePattern().Match(output);
        return rate.Success
            ? double.Parse(rate.Groups["value"].Value, CultureInfo.InvariantCulture)
            : throw new ToolException($"cassandra-stress did not say how fast it was:\n{output}");
    }

    private static string Profile(int keys) => string.Create(CultureInfo.InvariantCulture, $"""
        keyspace: {ResourceNames.Keyspace}
        table: stocks
        columnspec:
          - name: vendor_item_id
            population: uniform(1..{keys})
          - name: fulfillment_center_id
            population: fixed(1)
        queries:
          read: SELECT stock_count, version, updated_at FROM stocks WHERE vendor_item_id = ? AND fulfillment_center_id = ?

        """);

    [GeneratedRegex(
        @"^op rate\s*:\s*(?<value>[\d.]+)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000)]
    private static partial Regex RatePattern();
}
