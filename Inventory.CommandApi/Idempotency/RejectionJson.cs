using System.Text.Json.Serialization;
using Inventory.CommandApi.Stock;
using Inventory.Contracts.Stocks;
using Microsoft.AspNetCore.Mvc;

namespace Inventory.CommandApi.Idempotency;

/// <summary>How problems are stored: with every type that one of their members may have.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Shortage[]))]
[JsonSerializable(typeof(StaleVersion[]))]
[JsonSerializable(typeof(StockKeyField[]))]
internal sealed partial class RejectionJson : JsonSerializerContext;
