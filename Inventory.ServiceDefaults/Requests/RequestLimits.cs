namespace Inventory.ServiceDefaults.Requests;

/// <summary>What a client may send, the same at the gateway and behind it.</summary>
public static class RequestLimits
{
    /// <summary>Bytes; the largest valid body, an inbound of 1,000 lines, has about 100,000.</summary>
    public const int MaximumBodyBytes = 256 * 1024;
}
