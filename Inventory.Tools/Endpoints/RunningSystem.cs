namespace Inventory.Tools.Endpoints;

/// <summary>The system that <c>./inventory run</c> started: what <c>.inventory/endpoints.json</c> holds.</summary>
/// <param name="Gateway">The one door.</param>
/// <param name="Token">A bearer token that may write.</param>
/// <param name="ConnectionStrings">By the names of <see cref="Contracts.ResourceNames"/>.</param>
internal sealed record RunningSystem(
    Uri Gateway,
    string? Token = null,
    IReadOnlyDictionary<string, string>? ConnectionStrings = null)
{
    public string ConnectionString(string name) =>
        ConnectionStrings is not null && ConnectionStrings.TryGetValue(name, out var text)
            ? text
            : throw new ToolException($"{EndpointsFile.RelativePath} holds no connection string \"{name}\": run `./inventory run` again.");
}
