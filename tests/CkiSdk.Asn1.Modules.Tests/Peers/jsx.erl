%% JSON for what asn1ct generates with the rules of JER, which calls a module of this name: pairs or maps for objects, binaries for texts.
-module(jsx).
-export([encode/1, decode/2]).

encode(Map) when is_map(Map) -> object(maps:to_list(Map));
encode([{_, _} | _] = Pairs) -> object(Pairs);
encode([{}]) -> <<"{}">>;
encode(List) when is_list(List) -> iolist_to_binary(["[", lists:join(",", [encode(Item) || Item <- List]), "]"]);
encode(true) -> <<"true">>;
encode(false) -> <<"false">>;
encode(null) -> <<"null">>;
encode(Atom) when is_atom(Atom) -> text(atom_to_binary(Atom));
encode(Number) when is_integer(Number) -> integer_to_binary(Number);
encode(Number) when is_float(Number) -> float_to_binary(Number, [short]);
encode(Text) when is_binary(Text) -> text(Text).

object(Pairs) -> iolist_to_binary(["{", lists:join(",", [[text(Name), ":", encode(Value)] || {Name, Value} <- Pairs]), "}"]).

text(Name) when is_atom(Name) -> text(atom_to_binary(Name));
text(Text) ->
    Characters = case unicode:characters_to_list(Text) of List when is_list(List) -> List; _ -> binary_to_list(Text) end,
    iolist_to_binary([$", [character(C) || C <- Characters], $"]).

character($") -> "\\\"";
character($\\) -> "\\\\";
character(C) when C < 32 -> io_lib:format("\\u~4.16.0B", [C]);
character(C) -> unicode:characters_to_binary([C]).

decode(Json, _Options) ->
    {Value, <<>>} = value(blank(Json)),
    Value.

value(<<"{", Rest/binary>>) -> object(blank(Rest), #{});
value(<<"[", Rest/binary>>) -> list(blank(Rest), []);
value(<<"\"", Rest/binary>>) -> string(Rest, []);
value(<<"true", Rest/binary>>) -> {true, blank(Rest)};
value(<<"false", Rest/binary>>) -> {false, blank(Rest)};
value(<<"null", Rest/binary>>) -> {null, blank(Rest)};
value(Text) -> number(Text, []).

object(<<"}", Rest/binary>>, Map) -> {Map, blank(Rest)};
object(<<",", Rest/binary>>, Map) -> object(blank(Rest), Map);
object(Text, Map) ->
    {Name, <<":", Rest/binary>>} = value(Text),
    {Value, More} = value(blank(Rest)),
    object(More, Map#{Name => Value}).

list(<<"]", Rest/binary>>, Items) -> {lists:reverse(Items), blank(Rest)};
list(<<",", Rest/binary>>, Items) -> list(blank(Rest), Items);
list(Text, Items) ->
    {Value, More} = value(Text),
    list(More, [Value | Items]).

string(<<"\"", Rest/binary>>, Characters) -> {unicode:characters_to_binary(utf16(lists:reverse(Characters))), blank(Rest)};
string(<<"\\u", Hex:4/binary, Rest/binary>>, Characters) -> string(Rest, [binary_to_integer(Hex, 16) | Characters]);
string(<<"\\n", Rest/binary>>, Characters) -> string(Rest, [$\n | Characters]);
string(<<"\\r", Rest/binary>>, Characters) -> string(Rest, [$\r | Characters]);
string(<<"\\t", Rest/binary>>, Characters) -> string(Rest, [$\t | Characters]);
string(<<"\\b", Rest/binary>>, Characters) -> string(Rest, [$\b | Characters]);
string(<<"\\f", Rest/binary>>, Characters) -> string(Rest, [$\f | Characters]);
string(<<"\\", C, Rest/binary>>, Characters) -> string(Rest, [C | Characters]);
string(<<C/utf8, Rest/binary>>, Characters) -> string(Rest, [C | Characters]).

utf16([High, Low | Rest]) when High >= 16#D800, High < 16#DC00 -> [(High - 16#D800) * 1024 + (Low - 16#DC00) + 16#10000 | utf16(Rest)];
utf16([C | Rest]) -> [C | utf16(Rest)];
utf16([]) -> [].

number(<<C, Rest/binary>>, Digits) when C >= $0, C =< $9; C =:= $-; C =:= $+; C =:= $.; C =:= $e; C =:= $E -> number(Rest, [C | Digits]);
number(Rest, Digits) -> {parse(lists:reverse(Digits)), blank(Rest)}.

parse(Text) ->
    try list_to_integer(Text)
    catch error:badarg ->
        try list_to_float(Text)
        catch error:badarg -> list_to_float(lists:flatten(string:replace(string:replace(Text, "E", ".0E"), "e", ".0e")))
        end
    end.

blank(<<C, Rest/binary>>) when C =< 32 -> blank(Rest);
blank(Rest) -> Rest.
