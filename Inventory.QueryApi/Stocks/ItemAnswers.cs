using System.Globalization;
using System.Text.Json;
using Inventory.Contracts;
using Inventory.QueryApi.Caching;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Options;

namespace Inventory.QueryApi.Stocks;

/// <summary>
/// The answers for whole items: kept for as long as a key may be held, counted from the end of the read, and read once for
/// all who ask meanwhile.
/// </summary>
internal sealed class ItemAnswers(HybridCache cache, CachedStockReader reader, IOptions<StockCacheOptions> options)
{
    private readonly HybridCacheEntryOptions _kept = new()
    {
        Expiration = options.Value.MaxStaleness,
        LocalCacheExpiration = options.Value.MaxStaleness,
    };

    private readonly bool _keeps = options.Value.MaxStaleness > TimeSpan.Zero;

    /// <returns>An <see cref="Contracts.Stocks.ItemStockAnswer"/> as UTF-8, or nothing if the item is not on record.</returns>
    public ValueTask<byte[]> ReadAsync(long vendorItemId, CancellationToken cancellationToken) => _keeps
        ? cache.GetOrCreateAsync(
            vendorItemId.ToString(CultureInfo.InvariantCulture),
            (reader, vendorItemId),
            static (item, token) => RenderAsync(item.reader, item.vendorItemId, token),
            _kept,
            cancellationToken: cancellationToken)
        : RenderAsync(reader, vendorItemId, cancellationToken);

    private static async ValueTask<byte[]> RenderAsync(
        CachedStockReader reader, long vendorItemId, CancellationToken cancellationToken)
    {
        var rows = await reader.ReadItemAsync(vendorItemId, cancellationToken);
        return rows.Count == 0
            ? []
            : JsonSerializer.SerializeToUtf8Bytes(
                ItemStock.Sum(vendorItemId, rows), ApiJson.Default.ItemStockAnswer);
    }
}
