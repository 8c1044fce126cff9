namespace Inventory.QueryApi.Caching;

/// <summary>What is sent for one version of a key, ready to be copied. Never changes.</summary>
/// <param name="Body">The JSON of the answer.</param>
/// <param name="ETag">The version in quotes.</param>
internal sealed record RenderedAnswer(byte[] Body, string ETag)
{
    // Headers and padding of the record, the array and the string, as 64-bit .NET lays them out.
    private const int OverheadBytes = 96;

    public int Bytes => Body.Length + (ETag.Length * sizeof(char)) + OverheadBytes;
}
