using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Core.Messaging;

/// <summary>One `Handle` method, bound once: what it takes, by which name, and how it is called.</summary>
internal sealed class BusBinding
{
    private delegate Task Call(IServiceProvider services, object message, BusContext context, CancellationToken ct);

    private readonly Call _call;

    private BusBinding(MethodInfo method, Type messageType, string message, BusHandlerAttribute? words, JsonTypeInfo body, Call call)
    {
        (Method, MessageType, Message, Body, _call) = (method, messageType, message, body, call);
        Handler = words?.Name ?? message;
        HoldsTransaction = words?.HoldsTransaction ?? true;
        IsSensitive = messageType.IsDefined(typeof(SensitiveAttribute), inherit: false);
    }

    public MethodInfo Method { get; }

    public Type MessageType { get; }

    /// <summary>The message's wire name.</summary>
    public string Message { get; }

    /// <summary>The handler's wire name.</summary>
    public string Handler { get; }

    public bool HoldsTransaction { get; }

    public bool IsSensitive { get; }

    public JsonTypeInfo Body { get; }

    public Task InvokeAsync(IServiceProvider services, object message, BusContext context, CancellationToken ct) => _call(services, message, context, ct);

    /// <exception cref="ArgumentException">A method is not as a handler has to be.</exception>
    public static IReadOnlyList<BusBinding> Of(Type handlers, JsonSerializerContext? json)
    {
        List<MethodInfo> methods = [.. handlers.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(method => method.Name == "Handle")];
        return methods.Count > 0 ? [.. methods.Select(method => Of(method, json))] : throw new ArgumentException($"{handlers.Name} has no static method Handle.", nameof(handlers));
    }

    private static BusBinding Of(MethodInfo method, JsonSerializerContext? json)
    {
        string where = $"{method.DeclaringType!.Name}.Handle";
        ParameterInfo[] parameters = method.GetParameters();
        if (parameters.Length == 0) throw new ArgumentException($"{where} takes no message.", nameof(method));
        Type type = parameters[0].ParameterType;
        string name = type.GetCustomAttribute<BusMessageAttribute>()?.Name ?? throw new ArgumentException($"{type.Name}, which {where} takes, has no name: put [BusMessage(\"...\")] on it.", nameof(method));
        if (method.ReturnType != typeof(Task) && method.ReturnType != typeof(ValueTask)) throw new ArgumentException($"{where} has to return Task or ValueTask.", nameof(method));
        JsonTypeInfo body = json is null
            ? BusJson.Options.GetTypeInfo(type)
            : json.GetTypeInfo(type) ?? throw new ArgumentException($"{json.GetType().Name} does not know {type.Name}.", nameof(json));
        return new BusBinding(method, type, name, method.GetCustomAttribute<BusHandlerAttribute>(), body, Compile(method, parameters));
    }

    private static Call Compile(MethodInfo method, ParameterInfo[] parameters)
    {
        ParameterExpression services = Expression.Parameter(typeof(IServiceProvider)), message = Expression.Parameter(typeof(object)), context = Expression.Parameter(typeof(BusContext)), ct = Expression.Parameter(typeof(CancellationToken));
        MethodInfo resolve = typeof(ServiceProviderServiceExtensions).GetMethod(nameof(ServiceProviderServiceExtensions.GetRequiredService), [typeof(IServiceProvider), typeof(Type)])!;
        Expression Argument(ParameterInfo parameter) => parameter.ParameterType switch
        {
            _ when parameter.Position == 0 => Expression.Convert(message, parameter.ParameterType),
            Type type when type == typeof(CancellationToken) => ct,
            Type type when type == typeof(BusContext) => context,
            Type type => Expression.Convert(Expression.Call(resolve, services, Expression.Constant(type)), type),
        };
        Expression call = Expression.Call(method, parameters.Select(Argument));
        if (method.ReturnType == typeof(ValueTask)) call = Expression.Call(call, nameof(ValueTask.AsTask), null);
        return Expression.Lambda<Call>(call, services, message, context, ct).Compile();
    }
}
