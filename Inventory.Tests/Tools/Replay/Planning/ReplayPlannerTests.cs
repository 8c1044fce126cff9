using System.Globalization;
using Inventory.Contracts.Orders;
using Inventory.Tests.Tools.Replay.Reading;
using Inventory.Tools.Replay.Planning;

namespace Inventory.Tests.Tools.Replay.Planning;

public sealed class ReplayPlannerTests : IDisposable
{
    private readonly LogFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Rows_of_one_invoice_become_one_order_wherever_they_stand()
    {
        var plan = Plan(
            LogFile.Row("1", "A1", quantity: "2"),
            LogFile.Row("2", "A1", quantity: "1"),
            LogFile.Row("1", "a1 ", quantity: "3"),
            LogFile.Row("1", "B1", quantity: "7"));

        Assert.Equal(["1", "2"], plan.Steps.Select(step => step.Invoice));
        Assert.Equal([5, 7], plan.Steps[0].Lines.Select(line => line.Quantity).Order());
        Assert.All(plan.Steps, step => Assert.Equal(step.Lines.OrderBy(line => line.ToKey()), step.Lines));
    }

    [Fact]
    public void An_invoice_too_long_for_an_order_becomes_several()
    {
        var plan = Plan([.. Enumerable.Range(0, 201).Select(item => LogFile.Row("1", $"X{item}"))]);

        Assert.Equal([100, 100, 1], plan.Steps.Select(step => step.Lines.Count));
        Assert.Equal(3, plan.Steps.Cast<OrderStep>().Select(step => step.OrderId).Distinct().Count());
        Assert.Equal((1, 1, 3), (plan.Invoices, plan.SplitInvoices, plan.OrdersOfSplitInvoices));
    }

    [Fact]
    public void A_credit_cancels_the_newest_standing_order_that_it_mirrors()
    {
        var plan = Plan(
            LogFile.Row("1", "A1", quantity: "2"),
            LogFile.Row("2", "A1", quantity: "2"),
            LogFile.Row("C3", "A1", quantity: "-2"),
            LogFile.Row("4", "A1", quantity: "2"));
        var first = (OrderStep)plan.Steps[0];
        var second = (OrderStep)plan.Steps[1];
        var credit = (CreditStep)plan.Steps[2];
        var later = (OrderStep)plan.Steps[3];
        later.IsStanding = true;

        Assert.Null(credit.FindStanding());
        first.IsStanding = true;
        Assert.Same(first, Assert.Single(credit.FindStanding()!));
        second.IsStanding = true;
        Assert.Same(second, Assert.Single(credit.FindStanding()!));
    }

    [Theory]
    [InlineData("-1", "17850", "A1")]
    [InlineData("-2", "17851", "A1")]
    [InlineData("-2", "", "A1")]
    [InlineData("-2", "17850", "B1")]
    public void A_credit_that_mirrors_no_order_is_a_return(string quantity, string customer, string stockCode)
    {
        var plan = Plan(
            LogFile.Row("1", "A1", quantity: "2", customer: "17850"),
            LogFile.Row("2", "A1", quantity: "2", customer: ""),
            LogFile.Row("C3", stockCode, quantity: quantity, customer: customer));
        foreach (var order in plan.Steps.OfType<OrderStep>())
        {
            order.IsStanding = true;
        }

        var credit = (CreditStep)plan.Steps[^1];

        Assert.Null(credit.FindStanding());
        Assert.Equal(-int.Parse(quantity, CultureInfo.InvariantCulture), Assert.Single(Assert.Single(credit.Returns).Lines).Quantity);
    }

    [Fact]
    public void A_split_invoice_is_cancelled_as_a_whole_or_not_at_all()
    {
        var plan = Plan(
        [
            .. Enumerable.Range(0, 150).Select(item => LogFile.Row("1", $"X{item}", quantity: "1")),
            .. Enumerable.Range(0, 150).Select(item => LogFile.Row("C2", $"X{item}", quantity: "-1")),
        ]);
        var orders = plan.Steps.OfType<OrderStep>().ToArray();
        var credit = Assert.IsType<CreditStep>(plan.Steps[^1]);

        orders[0].IsStanding = true;
        Assert.Null(credit.FindStanding());
        orders[1].IsStanding = true;
        Assert.Equal(orders, credit.FindStanding());
    }

    [Fact]
    public void Opening_stock_is_what_the_orders_take()
    {
        var plan = Plan(
            LogFile.Row("1", "A1", quantity: "2"),
            LogFile.Row("C2", "A1", quantity: "-1"),
            LogFile.Row("3", "A1", quantity: "5"),
            LogFile.Row("C4", "B1", quantity: "-9"));

        Assert.Equal(7, Assert.Single(Assert.Single(plan.Opening).Lines).Quantity);
        Assert.Equal(2, plan.Keys);
    }

    [Fact]
    public void Opening_stock_can_be_the_same_for_every_key_and_comes_in_inbounds_of_bounded_length()
    {
        var plan = Plan(openingStock: 3, [.. Enumerable.Range(0, 1_001).Select(item => LogFile.Row($"{item}", $"X{item}"))]);

        Assert.Equal([1_000, 1], plan.Opening.Select(inbound => inbound.Lines.Count));
        Assert.All(plan.Opening.SelectMany(inbound => inbound.Lines), line => Assert.Equal(3, line.Quantity));
    }

    [Fact]
    public void Opening_stock_beyond_what_a_line_may_hold_is_capped()
    {
        var plan = Plan(LogFile.Row("1", quantity: "2147483647"), LogFile.Row("2", quantity: "2147483647"));

        Assert.Equal(int.MaxValue, Assert.Single(Assert.Single(plan.Opening).Lines).Quantity);
    }

    [Fact]
    public void Ids_follow_from_the_run_and_the_invoice()
    {
        var ids = new ReplayIds("a");

        Assert.Equal(ids.Order("1", 0), new ReplayIds("a").Order("1", 0));
        Assert.Equal(8, ids.Order("1", 0).Version);
        Assert.Equal(
            5,
            new[] { ids.Order("1", 0), ids.Order("1", 1), ids.Order("2", 0), ids.Return("1", 0), new ReplayIds("b").Order("1", 0) }
                .Distinct().Count());
    }

    [Fact]
    public void Only_a_credit_and_what_shares_a_key_with_it_keep_their_order()
    {
        var order = Order(1, 5, 9);
        var sharing = Credit(2, 5);
        var apart = Credit(2, 6, 10);

        Assert.True(sharing.MustNotOvertake(order));
        Assert.True(order.MustNotOvertake(sharing));
        Assert.True(apart.MustNotOvertake(sharing));
        Assert.False(order.MustNotOvertake(apart));
        Assert.False(order.MustNotOvertake(Order(1, 5, 9)));

        static QuantityLine[] Lines(long[] items) => Array.ConvertAll(items, item => new QuantityLine(item, 1, 1));
        static OrderStep Order(params long[] items) => new("1", Guid.NewGuid(), Lines(items));
        static CreditStep Credit(params long[] items) => new("C1", Lines(items), [], []);
    }

    private ReplayPlan Plan(params string[] rows) => Plan(openingStock: null, rows);

    private ReplayPlan Plan(int? openingStock, string[] rows) =>
        new ReplayPlanner(new ReplayIds("run"), openingStock).Plan(_file.Read(rows).Invoices.Invoices);
}
