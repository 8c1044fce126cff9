using System.CommandLine;

namespace Inventory.Tools.Endpoints;

/// <summary>The options by which every command finds the running system.</summary>
internal sealed class EndpointOptions
{
    private readonly Option<string?> _endpoints = new("--endpoints")
    {
        Description = "The file that `./inventory run` wrote, if it is not .inventory/endpoints.json here or above.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _gateway = new("--gateway")
    {
        Description = "Base address of the gateway, instead of the one in the endpoints file.",
        HelpName = "URL",
    };

    private readonly Option<string?> _token = new("--token")
    {
        Description = "Bearer token for writes, instead of the one in the endpoints file.",
        HelpName = "TOKEN",
    };

    public void AddGatewayTo(Command command)
    {
        AddTo(command);
        command.Options.Add(_gateway);
        command.Options.Add(_token);
    }

    public void AddTo(Command command) => command.Options.Add(_endpoints);

    public RunningSystem Resolve(ParseResult parsed)
    {
        var gateway = parsed.GetValue(_gateway);
        var token = parsed.GetValue(_token);
        if (gateway is null)
        {
            var system = EndpointsFile.Read(parsed.GetValue(_endpoints), Environment.CurrentDirectory);
            return token is null ? system : system with { Token = token };
        }

        return Uri.TryCreate(gateway, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new RunningSystem(address, token ?? TokenFromFile(parsed))
            : throw new ToolException($"--gateway {gateway} is no http or https address.");
    }

    public RunningSystem ResolveFile(ParseResult parsed) =>
        EndpointsFile.Read(parsed.GetValue(_endpoints), Environment.CurrentDirectory);

    // Only a file that was named: the token of some other system must not be sent to this gateway unasked.
    private string? TokenFromFile(ParseResult parsed) =>
        parsed.GetValue(_endpoints) is { } path ? EndpointsFile.Read(path, Environment.CurrentDirectory).Token : null;
}
