using System.Net;
using System.Text;
using Inventory.Contracts.Orders;

namespace Inventory.Tests.EndToEnd;

/// <summary>Everything that a client may get wrong, sent through the gateway.</summary>
[Collection(OneSystem.Name)]
public sealed class BadInputTests(RunningSystem system)
{
    private const string Id = "0197a0c1-0000-7000-8000-000000000001";

    public static TheoryData<string, string, HttpStatusCode, string> Bodies => new()
    {
        { "no JSON", "stock, please", HttpStatusCode.BadRequest, "INVALID_JSON" },
        { "nothing", "", HttpStatusCode.BadRequest, "INVALID_JSON" },
        { "null", "null", HttpStatusCode.BadRequest, "INVALID_JSON" },
        { "an array", "[]", HttpStatusCode.BadRequest, "INVALID_JSON" },
        { "cut off", $$"""{"orderId":"{{Id}}","lines":[{"vendorItemId":1""", HttpStatusCode.BadRequest, "INVALID_JSON" },
        { "two values", $$"""{"orderId":"{{Id}}","lines":[]} {}""", HttpStatusCode.BadRequest, "INVALID_JSON" },
        { "not UTF-8", "{\"orderId\":\"\u00ff\"}", HttpStatusCode.BadRequest, "INVALID_JSON" },
        { "a missing id", """{"lines":[{"vendorItemId":1,"fulfillmentCenterId":1,"quantity":1}]}""", HttpStatusCode.BadRequest, "INVALID_JSON" },
        { "missing lines", $$"""{"orderId":"{{Id}}"}""", HttpStatusCode.BadRequest, "INVALID_JSON" },
        { "null lines", $$"""{"orderId":"{{Id}}","lines":null}""", HttpStatusCode.BadRequest, "INVALID_JSON" },
        { "a null line", $$"""{"orderId":"{{Id}}","lines":[null]}""", HttpStatusCode.BadRequest, "INVALID_JSON" },
        { "a missing quantity", Lines("""{"vendorItemId":1,"fulfillmentCenterId":1}"""), HttpStatusCode.BadRequest, "INVALID_JSON" },
        { "an unknown field", Lines("""{"vendorItemId":1,"fulfillmentCenterId":1,"quantity":1,"colour":"red"}"""), HttpStatusCode.BadRequest, "INVALID_JSON" },
        { "a field twice", Lines("""{"vendorItemId":1,"fulfillmentCenterId":1,"quantity":1,"quantity":2}"""), HttpStatusCode.BadRequest, "INVALID_JSON" },
        { "a misspelt field", Lines("""{"VendorItemId":1,"fulfillmentCenterId":1,"quantity":1}"""), HttpStatusCode.BadRequest, "INVALID_JSON" },
        { "a string for a number", Line("\"1\""), HttpStatusCode.BadRequest, "INVALID_JSON" },
        { "a fraction", Line("1.5"), HttpStatusCode.BadRequest, "INVALID_JSON" },
        { "a quantity over 2^31", Line("2147483648"), HttpStatusCode.BadRequest, "INVALID_JSON" },
        { "a quantity over 2^63", Line("9223372036854775808"), HttpStatusCode.BadRequest, "INVALID_JSON" },
        { "a quantity of 0", Line("0"), HttpStatusCode.BadRequest, "INVALID_QUANTITY" },
        { "a negative quantity", Line("-1"), HttpStatusCode.BadRequest, "INVALID_QUANTITY" },
        { "a negative item", Lines("""{"vendorItemId":-1,"fulfillmentCenterId":1,"quantity":1}"""), HttpStatusCode.BadRequest, "INVALID_ID" },
        { "a center of 0", Lines("""{"vendorItemId":1,"fulfillmentCenterId":0,"quantity":1}"""), HttpStatusCode.BadRequest, "INVALID_ID" },
        { "an id that is no UUID", """{"orderId":"42","lines":[]}""", HttpStatusCode.BadRequest, "INVALID_JSON" },
        { "an id of zeros", $$"""{"orderId":"{{Guid.Empty}}","lines":[{"vendorItemId":1,"fulfillmentCenterId":1,"quantity":1}]}""", HttpStatusCode.BadRequest, "INVALID_ID" },
        { "no lines", Lines(), HttpStatusCode.BadRequest, "LINE_COUNT_OUT_OF_RANGE" },
        { "101 lines", Lines([.. Enumerable.Range(1, 101).Select(item => $$"""{"vendorItemId":{{item}},"fulfillmentCenterId":1,"quantity":1}""")]), HttpStatusCode.BadRequest, "LINE_COUNT_OUT_OF_RANGE" },
        { "a repeated key", Lines("""{"vendorItemId":1,"fulfillmentCenterId":1,"quantity":1}""", """{"vendorItemId":1,"fulfillmentCenterId":1,"quantity":2}"""), HttpStatusCode.BadRequest, "REPEATED_KEY" },
        { "deep nesting", new string('[', 10_000), HttpStatusCode.BadRequest, "INVALID_JSON" },
        { "a body over the limit", Lines(new string(' ', 300_000)), HttpStatusCode.RequestEntityTooLarge, "BODY_TOO_LARGE" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_bad_order_is_a_problem_that_says_what_is_wrong(
        string what, string body, HttpStatusCode status, string code)
    {
        // Latin-1, so that one case is not UTF-8 and the others are as they stand.
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
        content.Headers.ContentType = new("application/json");
        using var response = await system.SendAsync(HttpMethod.Post, "/api/orders", content);

        TestContext.Current.TestOutputHelper?.WriteLine(what);
        await ProblemAssert.IsAsync(response, status, code);
    }

    [Fact]
    public async Task An_order_for_an_unknown_key_is_not_found()
    {
        using var response = await system.PostAsync("/api/orders", Order(Guid.NewGuid(), system.NewItem(), 1));

        await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, "STOCK_KEY_NOT_FOUND");
    }

    [Fact]
    public async Task A_shortage_names_the_key_and_what_is_left()
    {
        var item = system.NewItem();
        await system.ReceiveAsync(new QuantityLine(item, 1, 2));

        using var response = await system.PostAsync("/api/orders", Order(Guid.NewGuid(), item, 3));

        var problem = await ProblemAssert.IsAsync(response, HttpStatusCode.Conflict, "NOT_ENOUGH_STOCK");
        var shortage = Assert.Single(problem.GetProperty("shortages").EnumerateArray());
        Assert.Equal(item, shortage.GetProperty("vendorItemId").GetInt64());
        Assert.Equal(2, shortage.GetProperty("available").GetInt32());
    }

    [Theory]
    [InlineData("POST", "/api/orders")]
    [InlineData("POST", "/api/inbounds")]
    [InlineData("GET", $"/api/orders/{Id}")]
    [InlineData("POST", $"/api/orders/{Id}/cancel")]
    public async Task A_request_without_a_token_is_unauthenticated(string method, string path)
    {
        using var response = await system.SendAsync(new HttpMethod(method), path, withToken: false);

        await ProblemAssert.IsAsync(response, HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
    }

    [Fact]
    public async Task Cancelling_twice_is_a_conflict()
    {
        var item = system.NewItem();
        await system.ReceiveAsync(new QuantityLine(item, 1, 2));
        var order = await system.PlaceAsync(Guid.NewGuid(), new QuantityLine(item, 1, 1));

        using var first = await system.SendAsync(HttpMethod.Post, $"/api/orders/{order.OrderId}/cancel");
        using var second = await system.SendAsync(HttpMethod.Post, $"/api/orders/{order.OrderId}/cancel");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await ProblemAssert.IsAsync(second, HttpStatusCode.Conflict, "ORDER_ALREADY_CANCELLED");
    }

    [Fact]
    public async Task An_id_reused_with_a_different_body_cannot_be_processed()
    {
        var item = system.NewItem();
        await system.ReceiveAsync(new QuantityLine(item, 1, 5));
        var orderId = Guid.NewGuid();
        await system.PlaceAsync(orderId, new QuantityLine(item, 1, 1));

        using var response = await system.PostAsync("/api/orders", Order(orderId, item, 2));

        await ProblemAssert.IsAsync(response, HttpStatusCode.UnprocessableEntity, "IDEMPOTENCY_CONFLICT");
    }

    [Theory]
    [InlineData("GET", "/api/orders/42", HttpStatusCode.BadRequest, "INVALID_ID")]
    [InlineData("POST", "/api/orders/42/cancel", HttpStatusCode.BadRequest, "INVALID_ID")]
    [InlineData("GET", $"/api/orders/{Id}", HttpStatusCode.NotFound, "ORDER_NOT_FOUND")]
    [InlineData("GET", "/api/stocks/x/1", HttpStatusCode.BadRequest, "INVALID_ID")]
    [InlineData("GET", "/api/stocks/1/-1", HttpStatusCode.BadRequest, "INVALID_ID")]
    [InlineData("GET", "/api/stocks/0/1", HttpStatusCode.BadRequest, "INVALID_ID")]
    [InlineData("GET", "/api/stocks/9223372036854775808/1", HttpStatusCode.BadRequest, "INVALID_ID")]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound, "NOT_FOUND")]
    [InlineData("DELETE", "/api/orders", HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED")]
    public async Task A_bad_path_is_a_problem(string method, string path, HttpStatusCode status, string code)
    {
        using var response = await system.SendAsync(new HttpMethod(method), path);

        await ProblemAssert.IsAsync(response, status, code);
    }

    [Fact]
    public async Task Another_media_type_is_not_supported()
    {
        using var content = new StringContent("orderId=1", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await system.SendAsync(HttpMethod.Post, "/api/orders", content);

        await ProblemAssert.IsAsync(response, HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
    }

    private static string Order(Guid orderId, long item, int quantity) =>
        $$"""{"orderId":"{{orderId}}","lines":[{"vendorItemId":{{item}},"fulfillmentCenterId":1,"quantity":{{quantity}}}]}""";

    private static string Line(string quantity) =>
        Lines($$"""{"vendorItemId":1,"fulfillmentCenterId":1,"quantity":{{quantity}}}""");

    private static string Lines(params string[] lines) => $$"""{"orderId":"{{Id}}","lines":[{{string.Join(',', lines)}}]}""";
}
