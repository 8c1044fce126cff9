using System.CommandLine;
using Inventory.Cassandra;
using Inventory.Contracts;
using Inventory.Tools.Display;
using Inventory.Tools.Endpoints;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Inventory.Tools.Verification;

/// <summary><c>verify</c>.</summary>
internal sealed class VerifyCommand
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    // What a quorum has acknowledged, a quorum returns: a replica that is being repaired is no difference.
    private static readonly CassandraOptions Options = new() { ReadConsistency = CassandraConsistency.LocalQuorum };

    private readonly TimeProvider _time;
    private readonly EndpointOptions _endpoints = new();

    private readonly Option<string> _wait = new("--wait")
    {
        Description = "How long the outbox may take to empty, and a row that is behind to catch up.",
        DefaultValueFactory = _ => "30s",
        HelpName = "TIME",
    };

    private VerifyCommand(TimeProvider time) => _time = time;

    public static Command Create(TimeProvider time)
    {
        var command = new Command("verify", "Compare every key of Postgres with both Cassandra tables, down to the first difference.");
        new VerifyCommand(time).AddTo(command);
        return command;
    }

    private void AddTo(Command command)
    {
        command.Options.Add(_wait);
        _endpoints.AddTo(command);
        command.SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (!Duration.TryParse(parsed.GetValue(_wait), out var wait))
        {
            throw new ToolException("--wait wants a time such as 30s or 2m.");
        }

        var system = _endpoints.ResolveFile(parsed);
        await using var postgres = NpgsqlDataSource.Create(system.ConnectionString(ResourceNames.Database));
        await using var cassandra = await ConnectAsync(system.ConnectionString(ResourceNames.Keyspace), cancellationToken);
        var verifier = new Verifier(
            new PostgresStock(postgres), cassandra, ProgressDisplays.ForThisProcess(_time), _time, wait);
        var result = await verifier.RunAsync(cancellationToken);
        VerifyText.Write(Console.Out, result);
        return result.ExitCode;
    }

    private async Task<CassandraClient> ConnectAsync(string connectionString, CancellationToken cancellationToken)
    {
        var parsed = CassandraConnectionString.Parse(connectionString);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ConnectTimeout);
        try
        {
            return await CassandraClient.ConnectAsync(
                parsed, Options, NullLoggerFactory.Instance, _time, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ToolException($"No Cassandra node of {parsed} answered within {ConnectTimeout.TotalSeconds} s.");
        }
    }
}
