using System.CommandLine;
using System.Globalization;
using Inventory.Contracts.Stocks;
using Inventory.Tools.Endpoints;

namespace Inventory.Tools.Load;

/// <summary><c>load</c>.</summary>
internal sealed class LoadCommand
{
    private readonly TimeProvider _time;
    private readonly EndpointOptions _endpoints = new();

    private readonly Option<string?> _url = new("--url")
    {
        Description = "Where the stock reads are, instead of behind the gateway: http://127.0.0.1:5002/stocks/",
        HelpName = "URL",
    };

    private readonly Option<KeyDistribution> _distribution = new("--distribution")
    {
        Description = "Which keys are asked for: hot (one), zipf (few often, many seldom) or uniform.",
        DefaultValueFactory = _ => KeyDistribution.Zipf,
    };

    private readonly Option<int> _keys = Number("--keys", "How many keys there are.", 10_000);
    private readonly Option<int> _rate = Number("--rate", "Requests a second.", 1_000);
    private readonly Option<int> _connections = Number("--connections", "The most connections.", 256);
    private readonly Option<int> _center = Number("--center", "The fulfillment center of every key.", 1);

    private readonly Option<long> _firstItem = new("--first-item")
    {
        Description = "The vendor item of the first key; the others follow it.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string> _duration = new("--duration")
    {
        Description = "How long requests are sent.",
        DefaultValueFactory = _ => "10s",
        HelpName = "TIME",
    };

    private readonly Option<string?> _svg = new("--svg")
    {
        Description = "Where to draw the latencies.",
        HelpName = "FILE",
    };

    private LoadCommand(TimeProvider time) => _time = time;

    public static Command Create(TimeProvider time)
    {
        var command = new Command("load", "Ask for stock at a fixed rate, whatever the answers take, and tell the latencies.");
        var load = new LoadCommand(time);
        foreach (var option in new Option[]
        {
            load._url, load._distribution, load._keys, load._firstItem, load._center,
            load._rate, load._duration, load._connections, load._svg,
        })
        {
            command.Options.Add(option);
        }

        load._endpoints.AddGatewayTo(command);
        command.SetAction(load.RunAsync);
        return command;
    }

    private static Option<int> Number(string name, string description, int value) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => value,
        Validators =
        {
            result =>
            {
                if (result.GetValueOrDefault<int>() <= 0)
                {
                    result.AddError($"{name} must be above 0.");
                }
            },
        },
    };

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (!Duration.TryParse(parsed.GetValue(_duration), out var duration))
        {
            throw new ToolException("--duration wants a time such as 30s or 2m.");
        }

        var first = parsed.GetValue(_firstItem);
        var plan = new LoadPlan(
            Address(parsed),
            [.. Enumerable.Range(0, parsed.GetValue(_keys)).Select(index => new StockKey(first + index, parsed.GetValue(_center)))],
            parsed.GetValue(_distribution),
            parsed.GetValue(_rate),
            duration,
            parsed.GetValue(_connections));
        var result = await new OpenLoop(plan, _time).RunAsync(cancellationToken);
        LoadText.Write(Console.Out, plan, result);
        if (parsed.GetValue(_svg) is { } file)
        {
            var title = string.Create(
                CultureInfo.InvariantCulture, $"{plan.Distribution} keys, {plan.Rate}/s for {duration.TotalSeconds} s");
            await File.WriteAllTextAsync(file, LatencyPlot.Draw(result, title), cancellationToken);
        }

        return result.ErrorCount == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private Uri Address(ParseResult parsed)
    {
        if (parsed.GetValue(_url) is not { } url)
        {
            return new Uri(_endpoints.Resolve(parsed).Gateway, "/api/stocks/");
        }

        return Uri.TryCreate(url.TrimEnd('/') + "/", UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new ToolException($"--url {url} is no http or https address.");
    }
}
