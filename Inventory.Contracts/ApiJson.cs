using System.Text.Json;
using System.Text.Json.Serialization;
using Inventory.Contracts.Corrections;
using Inventory.Contracts.Inbounds;
using Inventory.Contracts.Ledger;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Reservations;
using Inventory.Contracts.Stocks;

namespace Inventory.Contracts;

/// <summary>
/// How requests and answers are written and read: strictly, so that a misspelt or repeated field is refused instead of
/// being taken for its default.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    AllowDuplicateProperties = false,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CancelOrderRequest))]
[JsonSerializable(typeof(CorrectionAnswer))]
[JsonSerializable(typeof(CorrectStockRequest))]
[JsonSerializable(typeof(InboundAnswer))]
[JsonSerializable(typeof(ItemStockAnswer))]
[JsonSerializable(typeof(LedgerAnswer))]
[JsonSerializable(typeof(OrderAnswer))]
[JsonSerializable(typeof(PlaceOrderRequest))]
[JsonSerializable(typeof(ReceiveInboundRequest))]
[JsonSerializable(typeof(ReservationAnswer))]
[JsonSerializable(typeof(ReserveRequest))]
[JsonSerializable(typeof(StockAnswer))]
[JsonSerializable(typeof(StockBatchAnswer))]
[JsonSerializable(typeof(StockBatchRequest))]
public sealed partial class ApiJson : JsonSerializerContext;
