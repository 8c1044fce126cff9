namespace Inventory.QueryApi.Caching;

/// <summary>What an answer must be like.</summary>
/// <param name="AskedAt">The timestamp of the question.</param>
/// <param name="Earliest">The read that confirmed the answer began then or later.</param>
/// <param name="AcceptsStale">Or, when Cassandra fails or is slow, at most <see cref="StockCacheOptions.StaleIfError"/> ago.</param>
internal readonly record struct ReadDemand(long AskedAt, long Earliest, bool AcceptsStale);
