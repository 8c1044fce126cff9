using System.CommandLine;
using Inventory.Contracts;
using Inventory.Postgres;
using Inventory.Tools.Display;
using Inventory.Tools.Endpoints;

namespace Inventory.Tools.Verification;

/// <summary><c>verify</c>.</summary>
internal sealed class VerifyCommand
{
    private readonly TimeProvider _time;
    private readonly EndpointOptions _endpoints = new();

    private readonly Option<string> _wait = new("--wait")
    {
        Description = "How long the outbox may take to empty, and a row that is behind to catch up.",
        DefaultValueFactory = _ => "30s",
        HelpName = "TIME",
    };

    private readonly Option<bool> _repair = new("--repair")
    {
        Description = "Make Cassandra agree with Postgres wherever it differs.",
    };

    private VerifyCommand(TimeProvider time) => _time = time;

    public static Command Create(TimeProvider time)
    {
        var command = new Command(
            "verify", "Compare every key of Postgres with both Cassandra tables, tell every difference, and repair them if asked to.");
        new VerifyCommand(time).AddTo(command);
        return command;
    }

    private void AddTo(Command command)
    {
        command.Options.Add(_wait);
        command.Options.Add(_repair);
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
        await using var postgres = PostgresDataSources.Create(system.ConnectionString(ResourceNames.Database));
        await using var cassandra = await CassandraConnection.OpenAsync(system, _time, cancellationToken);
        await using var inspector = await CassandraConnection.InspectAsync(system, _time, cancellationToken);
        var stock = new PostgresStock(postgres);
        var verifier = new Verifier(stock, inspector, ProgressDisplays.ForThisProcess(_time), _time, wait)
        {
            RepairAsync = parsed.GetValue(_repair)
                ? (check, difference, token) => new StockRepair(postgres, stock, cassandra, check, _time).RunAsync(difference, token)
                : null,
        };
        var result = await verifier.RunAsync(cancellationToken);
        VerifyText.Write(Console.Out, result);
        return result.ExitCode;
    }
}
