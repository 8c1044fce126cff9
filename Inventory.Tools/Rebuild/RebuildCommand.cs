using System.CommandLine;
using System.Globalization;
using Inventory.Contracts;
using Inventory.Contracts.Stocks;
using Inventory.Postgres;
using Inventory.Relay.Reconciliation;
using Inventory.Tools.Display;
using Inventory.Tools.Endpoints;
using Inventory.Tools.Kafka;
using Inventory.Tools.Verification;
using Npgsql;

namespace Inventory.Tools.Rebuild;

/// <summary><c>rebuild</c>.</summary>
internal sealed class RebuildCommand
{
    private const int PageSize = 1_000;

    private readonly TimeProvider _time;
    private readonly EndpointOptions _endpoints = new();

    private readonly Option<RebuildSource> _from = new("--from")
    {
        Description = "Where to take the rows from: the truth, or the compacted topic.",
        DefaultValueFactory = _ => RebuildSource.Postgres,
    };

    private readonly Option<int> _rate = new("--rate")
    {
        Description = "Rows a second at most, so that the relay and the readers keep their share; 0 for as fast as it goes.",
        DefaultValueFactory = _ => 2_000,
        HelpName = "ROWS",
    };

    private readonly Option<bool> _restart = new("--restart")
    {
        Description = "Begin anew, whatever an earlier rebuild has done already.",
    };

    private readonly Option<string?> _checkpoint = new("--checkpoint")
    {
        Description = "Where to keep how far it has come, if not in .inventory/rebuild.json.",
        HelpName = "FILE",
    };

    private RebuildCommand(TimeProvider time) => _time = time;

    public static Command Create(TimeProvider time)
    {
        var command = new Command(
            "rebuild", "Fill both Cassandra tables anew, while traffic goes on; after an interruption it goes on where it was.");
        new RebuildCommand(time).AddTo(command);
        return command;
    }

    private void AddTo(Command command)
    {
        command.Options.Add(_from);
        command.Options.Add(_rate);
        command.Options.Add(_restart);
        command.Options.Add(_checkpoint);
        _endpoints.AddTo(command);
        command.SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var rate = parsed.GetValue(_rate);
        if (rate < 0)
        {
            throw new ToolException("--rate wants a number of rows, or 0.");
        }

        var system = _endpoints.ResolveFile(parsed);
        var file = new CheckpointFile(parsed.GetValue(_checkpoint)
            ?? Path.Combine(EndpointsFile.StateFolder(Environment.CurrentDirectory), "rebuild.json"));
        var start = Start(parsed, file, system);
        await using var cassandra = await CassandraConnection.OpenAsync(system, _time, cancellationToken);
        var rebuilder = new Rebuilder(cassandra, file, rate, _time, Console.Error.WriteLine);
        var keys = new HashSet<StockKey>();
        var written = start.Source == RebuildSource.Postgres
            ? await FromPostgresAsync(system, rebuilder, start, cancellationToken)
            : await FromTopicAsync(system, rebuilder, start, keys, cancellationToken);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{written} rows written to both tables"));
        return start switch
        {
            _ when rebuilder.Refused > 0 => ExitCode.Failure,
            { Source: RebuildSource.Postgres } => ExitCode.Success,
            { Done: > 0 } => Unknown("an interrupted rebuild does not remember which keys it has seen"),
            _ => await CheckCompleteAsync(system, keys, cancellationToken),
        };
    }

    private RebuildCheckpoint Start(ParseResult parsed, CheckpointFile file, RunningSystem system)
    {
        var source = parsed.GetValue(_from);
        var target = system.ConnectionString(ResourceNames.Keyspace);
        if (parsed.GetValue(_restart) || file.Read(source, target) is not { } last)
        {
            return new RebuildCheckpoint(source, target);
        }

        if (source == RebuildSource.Topic
            && !TopicContinuity.Holds(system.ConnectionString(ResourceNames.Kafka), ResourceNames.StockChangesTopic, last))
        {
            Console.Error.WriteLine($"The topic is not as {file.Path} has it: it was made anew, or compacted. Beginning anew.");
            return new RebuildCheckpoint(source, target);
        }

        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Going on behind {last.Done} rows: {file.Path}"));
        return last;
    }

    private static async Task<int> CheckCompleteAsync(
        RunningSystem system, IReadOnlySet<StockKey> keys, CancellationToken cancellationToken)
    {
        long missing;
        try
        {
            await using var postgres = NpgsqlDataSource.Create(system.ConnectionString(ResourceNames.Database));
            missing = await TopicCompleteness.CountMissingAsync(new StockTruth(postgres), keys, cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or ToolException)
        {
            return Unknown($"Postgres cannot be asked: {exception.Message}");
        }

        if (missing == 0)
        {
            return ExitCode.Success;
        }

        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"The topic lacks {missing} keys of Postgres, which were not written. `./inventory rebuild` writes them."));
        return ExitCode.Failure;
    }

    private static int Unknown(string reason)
    {
        Console.Error.WriteLine($"Whether the topic holds every key is not known: {reason}. `./inventory verify` tells.");
        return ExitCode.Success;
    }

    private async Task<long> FromPostgresAsync(
        RunningSystem system, Rebuilder rebuilder, RebuildCheckpoint start, CancellationToken cancellationToken)
    {
        await using var postgres = PostgresDataSources.Create(system.ConnectionString(ResourceNames.Database));
        var progress = new ProgressCounter(await new PostgresStock(postgres).CountAsync(cancellationToken));
        var pages = PostgresPages.ReadAsync(new StockTruth(postgres), start, PageSize, cancellationToken);
        return await ProgressDisplays.ForThisProcess(_time).ShowAsync(
            "Rebuilding from Postgres (rows)", progress, () => rebuilder.RunAsync(pages, progress, cancellationToken));
    }

    private async Task<long> FromTopicAsync(
        RunningSystem system,
        Rebuilder rebuilder,
        RebuildCheckpoint start,
        HashSet<StockKey> keys,
        CancellationToken cancellationToken)
    {
        using var scan = new TopicScan(
            system.ConnectionString(ResourceNames.Kafka),
            ResourceNames.StockChangesTopic,
            start.Offsets ?? new Dictionary<int, long>());
        var progress = new ProgressCounter(start.Done + scan.Total);
        var pages = TopicPages.ReadAsync(scan, start, PageSize, keys, _time, cancellationToken);
        return await ProgressDisplays.ForThisProcess(_time).ShowAsync(
            "Rebuilding from the topic (messages)", progress, () => rebuilder.RunAsync(pages, progress, cancellationToken));
    }
}
