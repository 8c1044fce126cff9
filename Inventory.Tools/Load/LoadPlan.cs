using Inventory.Contracts.Stocks;

namespace Inventory.Tools.Load;

/// <summary>What is asked for, how often and for how long.</summary>
/// <param name="Address">Where the stock reads are: <c>http://host:port/stocks/</c> or <c>.../api/stocks/</c>.</param>
/// <param name="Keys">Picked from by <paramref name="Distribution"/>.</param>
/// <param name="Distribution">How often which key.</param>
/// <param name="Rate">Requests a second, sent whether or not the earlier ones were answered.</param>
/// <param name="Duration">How long requests are sent.</param>
/// <param name="Connections">The most connections; requests beyond wait, and the wait counts.</param>
internal sealed record LoadPlan(
    Uri Address,
    IReadOnlyList<StockKey> Keys,
    KeyDistribution Distribution,
    int Rate,
    TimeSpan Duration,
    int Connections);
