using Inventory.Relay.Publishing;

namespace Inventory.Tests.Relay;

public sealed class TransactionSnapshotTests
{
    [Theory]
    [InlineData("10:20:10,14,15", 9, true)]
    [InlineData("10:20:10,14,15", 10, false)]
    [InlineData("10:20:10,14,15", 11, true)]
    [InlineData("10:20:10,14,15", 15, false)]
    [InlineData("10:20:10,14,15", 19, true)]
    [InlineData("10:20:10,14,15", 20, false)]
    [InlineData("10:20:10,14,15", 21, false)]
    [InlineData("10:10:", 9, true)]
    [InlineData("10:10:", 10, false)]
    public void A_transaction_is_seen_when_it_is_neither_running_nor_of_the_future(string snapshot, uint transaction, bool isSeen) =>
        Assert.Equal(isSeen, TransactionSnapshot.Parse(snapshot).Sees(transaction));

    [Theory]
    [InlineData("8589934590:8589934603:8589934597", uint.MaxValue, true)]
    [InlineData("8589934590:8589934603:8589934597", 4, true)]
    [InlineData("8589934590:8589934603:8589934597", 5, false)]
    [InlineData("8589934590:8589934603:8589934597", 11, false)]
    [InlineData("8589934585:8589934590:", 4, false)]
    public void Ids_that_have_begun_again_from_their_start_are_later_ones(string snapshot, uint transaction, bool isSeen) =>
        Assert.Equal(isSeen, TransactionSnapshot.Parse(snapshot).Sees(transaction));
}
