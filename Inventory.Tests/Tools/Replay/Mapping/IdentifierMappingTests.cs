using FsCheck;
using FsCheck.Fluent;
using Inventory.Tests.Tools.Replay.Reading;
using Inventory.Tools.Replay.Mapping;
using Inventory.Tools.Replay.Reading;

namespace Inventory.Tests.Tools.Replay.Mapping;

public sealed class IdentifierMappingTests
{
    // Written down once: orders of earlier replays are found under these numbers.
    [Fact]
    public void Ids_never_change_between_versions()
    {
        Assert.Equal(3703598193740926, IdentifierHash.VendorItemId("10002"));
        Assert.Equal(1850600274, IdentifierHash.FulfillmentCenterId("United Kingdom"));
    }

    [Fact]
    public void Ids_are_the_same_in_any_case_and_spacing_and_always_in_range() =>
        Prop.ForAll<NonNull<string>>(name =>
        {
            var item = IdentifierHash.VendorItemId(name.Get);
            var center = IdentifierHash.FulfillmentCenterId(name.Get);
            return item is > 0 and <= 9_007_199_254_740_991
                && center is > 0 and <= int.MaxValue
                && item == IdentifierHash.VendorItemId($" {name.Get.ToUpperInvariant()} ");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_name_whose_number_is_taken_is_refused_and_its_rows_are_rejected()
    {
        using var file = new LogFile
        {
            Mapping = new IdentifierMapping(new NameMap(name => name.Length), new NameMap(IdentifierHash.FulfillmentCenterId)),
        };

        var log = file.Read(LogFile.Row(stockCode: "85123A"), LogFile.Row(stockCode: "71053B"), LogFile.Row(stockCode: "85123a"));

        Assert.Equal((3, 2, 1), (log.Rows.Read, log.Rows.Used, log.Rows.Rejected));
        Assert.Equal(RejectReason.IdentifierCollision, Assert.Single(log.Rows.RejectedByReason).Key);
    }
}
