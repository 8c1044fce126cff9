using System.Diagnostics;
using System.Globalization;
using System.Text;
using Inventory.Contracts;
using Inventory.Servers.Packages;

namespace Inventory.Tools.Bench.Processes;

/// <summary>Runs the cassandra-stress that comes with the server, by a user profile on the stock table.</summary>
internal sealed class StressTool
{
    // Keys that it does not find cost less to read: then it did not read what we read.
    private const double LeastFound = 0.99;

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

    /// <returns>Reads a second, as it counts them itself, after its own warm-up of 50,000 reads.</returns>
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
        await using var end = timeout.Token.Register(process.Kill);
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        var output = await ReadToEndAsync(process.StandardOutput);
        // With its results told it would wait for a thread of its driver that lives on for half a minute, and after an
        // exception for ever.
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
        var result = StressResult.Parse(output)
            ?? throw new ToolException($"cassandra-stress did not say how fast it was:\n{output}{errors}");
        return result.PartitionRate >= LeastFound * result.OperationRate
            ? result.OperationRate
            : throw new ToolException($"cassandra-stress did not find the keys that it read:\n{output}");
    }

    private static async Task<string> ReadToEndAsync(StreamReader reader)
    {
        var output = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != StressResult.End)
        {
            output.AppendLine(line);
        }

        return output.ToString();
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
}
