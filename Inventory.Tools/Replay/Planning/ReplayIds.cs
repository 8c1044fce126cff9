using System.Security.Cryptography;
using System.Text;

namespace Inventory.Tools.Replay.Planning;

/// <summary>Ids of orders and inbounds that follow from the run and the invoice, so that a run can be resumed.</summary>
internal sealed class ReplayIds(string runId)
{
    public const int MaximumRunIdLength = 64;

    public string RunId { get; } = runId;

    public static string NewRunId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    /// <summary>A run id is part of a file name.</summary>
    public static bool IsRunId(string text) =>
        text.Length is > 0 and <= MaximumRunIdLength
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    public Guid Opening(int part) => Id("opening", "", part);

    public Guid Order(string invoice, int part) => Id("order", invoice, part);

    public Guid Return(string invoice, int part) => Id("return", invoice, part);

    // A UUID of version 8 (RFC 9562): 122 bits of a hash that its maker chooses.
    private Guid Id(string kind, string invoice, int part)
    {
        var id = SHA256.HashData(Encoding.UTF8.GetBytes($"inventory-replay\0{RunId}\0{kind}\0{invoice}\0{part}")).AsSpan(0, 16);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
