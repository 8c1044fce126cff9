namespace Inventory.QueryApi.Caching;

/// <summary>As much is under way as may be: the client should come back in a moment.</summary>
internal sealed class ReadRefusedException(string message) : Exception(message)
{
    public static ReadRefusedException TooManyReads() => new("As many reads of Cassandra are under way as are allowed.");

    public static ReadRefusedException TooManyWaiting() => new("As many requests wait for Cassandra as are allowed.");
}
