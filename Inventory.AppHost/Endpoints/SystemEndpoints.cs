namespace Inventory.AppHost.Endpoints;

/// <summary>Where the running system is reached, and with what; what <c>.inventory/endpoints.json</c> holds.</summary>
/// <param name="Gateway">The one door.</param>
/// <param name="Dashboard">Traces, metrics and logs; null without a dashboard.</param>
/// <param name="Token">A bearer token for writes.</param>
/// <param name="ConnectionStrings">Of the stores, by connection name, with all rights: for tools.</param>
/// <param name="Services">Addresses of the services behind the gateway, by name: for a look at their health.</param>
internal sealed record SystemEndpoints(
    Uri Gateway,
    Uri? Dashboard,
    string Token,
    IReadOnlyDictionary<string, string> ConnectionStrings,
    IReadOnlyDictionary<string, Uri> Services);
