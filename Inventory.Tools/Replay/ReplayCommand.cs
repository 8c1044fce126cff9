using System.CommandLine;
using Inventory.Tools.Api;
using Inventory.Tools.Display;
using Inventory.Tools.Endpoints;
using Inventory.Tools.Replay.Mapping;
using Inventory.Tools.Replay.Planning;

namespace Inventory.Tools.Replay;

/// <summary><c>replay FILE.csv</c>.</summary>
internal sealed class ReplayCommand
{
    private readonly TimeProvider _time;
    private readonly EndpointOptions _endpoints = new();

    private readonly Argument<string?> _file = new("FILE.csv")
    {
        Description = "A shop's order log with the columns of the UCI Online Retail data: comma or semicolon, either decimal mark, "
            + "UTF-8 or Latin-1.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<int?> _openingStock = new("--opening-stock")
    {
        Description = "Give each stock key N before the first order, so that shortages happen. Without it each key gets what its orders take.",
        HelpName = "N",
    };

    private readonly Option<int> _concurrency = new("--concurrency")
    {
        Description = "How many orders are under way at once.",
        DefaultValueFactory = _ => 8,
        HelpName = "N",
    };

    private readonly Option<string?> _runId = new("--run-id")
    {
        Description = "Resume the run with this id: orders that were placed are not placed again.",
        HelpName = "ID",
    };

    private readonly Option<string> _drainPatience = new("--drain-patience")
    {
        Description = "How long the read side may stand still before waiting for it ends.",
        DefaultValueFactory = _ => "60s",
        HelpName = "TIME",
    };

    private readonly Option<bool> _printMapping = new("--print-mapping")
    {
        Description = "Print which ids stand for which StockCodes and countries, of FILE.csv too if it is given, and play nothing.",
    };

    private ReplayCommand(TimeProvider time) => _time = time;

    public static Command Create(TimeProvider time)
    {
        var command = new Command("replay", "Play a shop's own order log through the gateway, and wait until the read side has it all.");
        new ReplayCommand(time).AddTo(command);
        return command;
    }

    private void AddTo(Command command)
    {
        command.Arguments.Add(_file);
        command.Options.Add(_openingStock);
        command.Options.Add(_concurrency);
        command.Options.Add(_runId);
        command.Options.Add(_drainPatience);
        command.Options.Add(_printMapping);
        _endpoints.AddGatewayTo(command);
        command.SetAction(RunAsync);
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = Read(parsed);
        if (parsed.GetValue(_printMapping))
        {
            return PrintMappingAsync(options, cancellationToken);
        }

        return options.File.Length > 0
            ? ReplayAsync(options, _endpoints.Resolve(parsed), cancellationToken)
            : throw new ToolException("Name the order log to replay: replay FILE.csv.");
    }

    private async Task<int> ReplayAsync(ReplayOptions options, RunningSystem system, CancellationToken cancellationToken)
    {
        using var http = GatewayClient.CreateHttpClient(system.Gateway, system.Token);
        var gateway = new GatewayClient(http, RetryPolicy.Default, _time);
        var report = new ReplayReport(options);
        try
        {
            await new ReplayRun(report, gateway, ProgressDisplays.ForThisProcess(_time), _time).RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The summary says how far it came.
        }

        new ReplaySummary(Console.Out).Write(report);
        return report.ExitCode;
    }

    private async Task<int> PrintMappingAsync(ReplayOptions options, CancellationToken cancellationToken)
    {
        var mapping = new IdentifierMapping();
        if (options.File.Length == 0)
        {
            MappingFile.Load(options.MappingPath, mapping);
        }
        else
        {
            mapping = (await LogReading.ReadAsync(options, ProgressDisplays.ForThisProcess(_time), cancellationToken)).Mapping;
        }

        MappingFile.Write(Console.Out, mapping);
        return ExitCode.Success;
    }

    private ReplayOptions Read(ParseResult parsed)
    {
        var options = new ReplayOptions(
            parsed.GetValue(_file) ?? "",
            Path.Combine(EndpointsFile.StateFolder(Environment.CurrentDirectory), "replay"),
            parsed.GetValue(_runId) ?? ReplayIds.NewRunId(),
            parsed.GetValue(_openingStock),
            parsed.GetValue(_concurrency),
            Duration.TryParse(parsed.GetValue(_drainPatience), out var patience)
                ? patience
                : throw new ToolException("--drain-patience wants a time such as 60s or 2m."));
        return options switch
        {
            { Concurrency: < 1 or > 1_000 } => throw new ToolException("--concurrency wants a number from 1 to 1000."),
            { OpeningStock: < 1 } => throw new ToolException("--opening-stock wants a number from 1 on."),
            _ when !ReplayIds.IsRunId(options.RunId) => throw new ToolException(
                $"--run-id wants up to {ReplayIds.MaximumRunIdLength} letters, digits, hyphens and underscores."),
            _ => options,
        };
    }
}
