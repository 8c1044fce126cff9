using System.Globalization;

namespace Inventory.Relay.Publishing;

/// <summary>Which transactions a statement of Postgres can see, and every later statement as well.</summary>
/// <param name="next">The first transaction of the future, without the epoch.</param>
/// <param name="running">Those before it that run.</param>
internal sealed class TransactionSnapshot(uint next, HashSet<uint> running)
{
    /// <param name="text">
    /// What <c>pg_current_snapshot()</c> gives: the oldest running transaction, the first one of the future, and those
    /// between them that run, such as <c>10:20:10,14,15</c>.
    /// </param>
    public static TransactionSnapshot Parse(string text)
    {
        var parts = text.Split(':');
        return new(Id(parts[1]), [.. parts[2].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Id)]);
    }

    /// <param name="transaction">Its id without the epoch, as the log has it: at most 2^31 transactions away.</param>
    public bool Sees(uint transaction) => (int)(transaction - next) < 0 && !running.Contains(transaction);

    private static uint Id(string withEpoch) => (uint)ulong.Parse(withEpoch, CultureInfo.InvariantCulture);
}
