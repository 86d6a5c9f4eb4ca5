using System.Reflection;
using System.Runtime.CompilerServices;

namespace Mail.Tests.Hosting.Local;

/// <summary>Writes public types and members as C# declares them, with nullability, defaults and constraints: what a caller's source binds to.</summary>
internal sealed class CSharpSignature
{
    private static readonly Dictionary<Type, string> _keywords = new()
    {
        [typeof(void)] = "void", [typeof(string)] = "string", [typeof(int)] = "int", [typeof(bool)] = "bool", [typeof(object)] = "object", [typeof(long)] = "long",
    };

    private readonly NullabilityInfoContext _nullability = new();

    /// <summary>`namespace | type | declaration`, one line for the type and one for each of its public members.</summary>
    public IEnumerable<string> Lines(Type type)
    {
        string prefix = $"{type.Namespace} | {type.Name.Split('`')[0]} | ";
        yield return $"{type.Namespace} | {(type.IsInterface ? "interface" : "class")} {TypeDeclaration(type)}";
        const BindingFlags declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (ConstructorInfo constructor in type.GetConstructors(declared)) yield return $"{prefix}{type.Name}({Parameters(constructor)})";
        foreach (FieldInfo field in type.GetFields(declared)) yield return $"{prefix}{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{Name(_nullability.Create(field))} {field.Name}";
        foreach (PropertyInfo property in type.GetProperties(declared)) yield return prefix + Property(property);
        foreach (MethodInfo method in type.GetMethods(declared).Where(method => !method.IsSpecialName)) yield return prefix + Method(method);
    }

    private static string TypeDeclaration(Type type)
    {
        string name = type.Name.Split('`')[0];
        if (!type.IsGenericTypeDefinition) return name;
        Type[] parameters = type.GetGenericArguments();
        return $"{name}<{string.Join(", ", parameters.Select(Variance))}>{Constraints(parameters)}";
    }

    private static string Variance(Type parameter) =>
        parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.Covariant) ? $"out {parameter.Name}" : parameter.Name;

    private static string Constraints(Type[] parameters) => string.Concat(parameters.Select(parameter =>
    {
        List<string> constraints = [];
        if (parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)) constraints.Add("class");
        constraints.AddRange(parameter.GetGenericParameterConstraints().Select(constraint => constraint.Name));
        if (parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint)) constraints.Add("new()");
        return constraints.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", constraints)}";
    }));

    private string Property(PropertyInfo property)
    {
        MethodInfo getter = property.GetMethod!;
        bool init = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) is true;
        string setter = property.SetMethod is not { IsPublic: true } ? "" : init ? " init;" : " set;";
        return $"{Modifiers(getter)}{Name(_nullability.Create(property))} {property.Name} {{ get;{setter} }}";
    }

    private string Method(MethodInfo method)
    {
        Type[] generic = method.IsGenericMethodDefinition ? method.GetGenericArguments() : [];
        string arguments = generic.Length == 0 ? "" : $"<{string.Join(", ", generic.Select(argument => argument.Name))}>";
        return $"{Modifiers(method)}{Name(_nullability.Create(method.ReturnParameter))} {method.Name}{arguments}({Parameters(method)}){Constraints(generic)}";
    }

    private static string Modifiers(MethodInfo method)
    {
        if (method.IsStatic) return "static ";
        return method is { IsVirtual: true, IsFinal: false } && method.DeclaringType!.IsClass && !method.DeclaringType.IsSealed ? "virtual " : "";
    }

    private string Parameters(MethodBase method)
    {
        string first = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return first + string.Join(", ", method.GetParameters().Select(parameter => $"{Name(_nullability.Create(parameter))} {parameter.Name}{Default(parameter)}"));
    }

    private static string Default(ParameterInfo parameter)
    {
        if (!parameter.HasDefaultValue) return "";
        return parameter.DefaultValue switch
        {
            null => parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null ? " = default" : " = null",
            bool value => value ? " = true" : " = false",
            { } value => $" = {value}",
        };
    }

    private static string Name(NullabilityInfo info)
    {
        Type type = info.Type;
        if (Nullable.GetUnderlyingType(type) is { } value) return $"{Plain(value)}?";
        string mark = !type.IsValueType && info.ReadState is NullabilityState.Nullable ? "?" : "";
        if (type.IsArray) return $"{Name(info.ElementType!)}[]{mark}";
        if (!type.IsGenericType) return Plain(type) + mark;
        return $"{type.Name.Split('`')[0]}<{string.Join(", ", info.GenericTypeArguments.Select(Name))}>{mark}";
    }

    private static string Plain(Type type) => _keywords.GetValueOrDefault(type) ?? type.Name;
}
